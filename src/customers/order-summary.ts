/** What a customer has ordered so far. Cancelled orders count as orders, and not towards money. */
export interface OrderSummary {
  orders: number;
  spentCents: number;
  /** null = nothing to take an average of */
  averageCents: number | null;
  lastOrderAt: Date | null;
}

/** Of everybody, as long as nobody can order. */
export const NO_ORDERS: OrderSummary = {
  orders: 0,
  spentCents: 0,
  averageCents: null,
  lastOrderAt: null,
};
