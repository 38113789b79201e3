/** An order's statuses in the usual order; `next` is where the main button leads, `tone` the badge's colour. */
export const ORDER_STATUSES = {
  SUBMITTED: { label: 'Submitted', tone: 'info', next: 'CONFIRMED', action: 'Reopen' },
  CONFIRMED: { label: 'Confirmed', tone: 'accent', next: 'SHIPPED', action: 'Confirm' },
  SHIPPED: { label: 'Shipped', tone: 'warning', next: 'DELIVERED', action: 'Mark as shipped' },
  DELIVERED: { label: 'Delivered', tone: 'success', next: null, action: 'Mark as delivered' },
  CANCELLED: { label: 'Cancelled', tone: 'neutral', next: null, action: 'Cancel order' },
} as const satisfies Record<
  string,
  { label: string; tone: string; next: string | null; action: string }
>;

export type OrderStatus = keyof typeof ORDER_STATUSES;

export const ORDER_STATUS_NAMES = Object.keys(ORDER_STATUSES) as readonly OrderStatus[];

/** Every move is allowed, except out of CANCELLED (decision 5). */
export function movesFrom(status: OrderStatus): OrderStatus[] {
  return status === 'CANCELLED' ? [] : ORDER_STATUS_NAMES.filter((other) => other !== status);
}

export function isOrderStatus(text: string): text is OrderStatus {
  return Object.hasOwn(ORDER_STATUSES, text);
}
