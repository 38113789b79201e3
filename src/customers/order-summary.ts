import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { companies, type customers, customerTotals } from '#db/schema/index.ts';
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

/** The one row that sums up a customer's orders, for a batch or a lateral join. */
export function totalsOf(ctx: Ctx, customer: Id<'customer'> | typeof customers.id) {
  const company = companyId(ctx);
  const { orders, cancelled, spentCents, currency, lastOrderAt } = customerTotals;
  const current = sql`(select ${companies.currency} from ${companies} where ${companies.id} = ${company})`;
  const sum = (of: SQL) => sql`coalesce(sum(${of}), 0)`.mapWith(Number);
  const sumInCurrent = (of: SQL) =>
    sql`coalesce(sum(${of}) filter (where ${currency} = ${current}), 0)`.mapWith(Number);
  return ctx.db
    .select({
      orders: sum(sql`${orders}`).as('orders'),
      counted: sumInCurrent(sql`${orders} - ${cancelled}`).as('counted'),
      spentCents: sumInCurrent(sql`${spentCents}`).as('spent_cents'),
      lastOrderAt: sql`max(${lastOrderAt})`.mapWith(lastOrderAt).as('last_order_at'),
    })
    .from(customerTotals)
    .where(and(eq(customerTotals.companyId, company), eq(customerTotals.customerId, customer)));
}

type Totals = Omit<Awaited<ReturnType<typeof totalsOf>>[number], 'lastOrderAt'> & {
  /** Drizzle does not say that the latest of no orders is null. */
  lastOrderAt: Date | null;
};

export function orderSummary(totals: Totals | undefined): OrderSummary {
  if (!totals) throw new Error('The database did not sum up the orders.');
  const { orders, counted, spentCents, lastOrderAt } = totals;
  const averageCents = counted > 0 ? Math.round(spentCents / counted) : null;
  return { orders, spentCents, averageCents, lastOrderAt };
}
