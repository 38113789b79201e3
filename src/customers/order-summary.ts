import { and, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { customers } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';

/**
 * What a customer has ordered so far. Cancelled orders count as orders, and not towards money. Money is of the orders in the
 * company's own currency alone: amounts of two currencies have no sum.
 */
export interface OrderSummary {
  orders: number;
  spentCents: number;
  /** null = nothing to take an average of */
  averageCents: number | null;
  lastOrderAt: Date | null;
}

/** The orders of a customer in one currency, as JSON. */
interface Totals {
  currency: string;
  orders: number;
  cancelled: number;
  spentCents: number;
  lastOrderAt: string;
}

/**
 * What `orderSummary` reads, beside any columns of `customers`; null of somebody who has not ordered. As one value it is
 * planned in a fraction of the time that summing up takes.
 */
export const totalsByCurrency = sql<Totals[] | null>`(
  select jsonb_agg(jsonb_build_object(
    'currency', t.currency, 'orders', t.orders, 'cancelled', t.cancelled, 'spentCents', t.spent_cents,
    'lastOrderAt', t.last_order_at
  ))
  from customer_totals t
  where t.company_id = customers.company_id and t.customer_id = customers.id
)`;

/** The totals of one customer, for a batch. */
export function totalsOf(ctx: Ctx, customer: Id<'customer'>) {
  return ctx.db
    .select({ totals: totalsByCurrency })
    .from(customers)
    .where(and(eq(customers.companyId, companyId(ctx)), eq(customers.id, customer)));
}

/** @param currency the company's present one */
export function orderSummary(totals: Totals[] | null | undefined, currency: string): OrderSummary {
  const all = totals ?? [];
  const own = all.find((each) => each.currency === currency);
  const counted = own ? own.orders - own.cancelled : 0;
  const spentCents = own?.spentCents ?? 0;
  const moments = all.map(({ lastOrderAt }) => Date.parse(lastOrderAt));
  return {
    orders: all.reduce((sum, { orders }) => sum + orders, 0),
    spentCents,
    averageCents: counted > 0 ? Math.round(spentCents / counted) : null,
    lastOrderAt: moments.length > 0 ? new Date(Math.max(...moments)) : null,
  };
}
