import { and, eq } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { customers, customerTotals } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';

/** What a customer has ordered so far. Cancelled orders count as orders, and not towards money. */
export interface OrderSummary {
  orders: number;
  spentCents: number;
  /** null = nothing to take an average of */
  averageCents: number | null;
  lastOrderAt: Date | null;
}

/** The columns `orderSummary` reads; all of them are null of somebody who has not ordered. */
export const totalColumns = {
  orders: customerTotals.orders,
  cancelled: customerTotals.cancelled,
  spentCents: customerTotals.spentCents,
  lastOrderAt: customerTotals.lastOrderAt,
};

type Totals = Pick<typeof customerTotals.$inferSelect, keyof typeof totalColumns>;

/** The totals of the customers a query is about. */
export const totalsOfCustomer = and(
  eq(customerTotals.companyId, customers.companyId),
  eq(customerTotals.customerId, customers.id),
);

export function totalsOf(ctx: Ctx, id: Id<'customer'>) {
  return ctx.db
    .select(totalColumns)
    .from(customerTotals)
    .where(and(eq(customerTotals.companyId, companyId(ctx)), eq(customerTotals.customerId, id)));
}

export function orderSummary(totals: Totals | null | undefined): OrderSummary {
  if (!totals) return { orders: 0, spentCents: 0, averageCents: null, lastOrderAt: null };
  const { orders, cancelled, spentCents, lastOrderAt } = totals;
  const counted = orders - cancelled;
  const averageCents = counted > 0 ? Math.round(spentCents / counted) : null;
  return { orders, spentCents, averageCents, lastOrderAt };
}
