import { sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { type UtcMonth, utcMonthRange } from '../lib/utc-month.ts';
import { system } from '../tenant.ts';

/** What the database knows of a company's month. */
export interface OrdersOfMonth {
  /** Orders the plan allows; null = without limit. */
  limit: number | null;
  /** Those that count, one more than the limit at most; null = as many as the asker knows. */
  ids: Id<'order'>[] | null;
}

/**
 * Asks how many orders a company may have in a month, and for those it has (db/sql/order-places.sql).
 * @param known how many of them the asker knows
 */
export async function readOrdersOfMonth(
  ctx: Ctx,
  companyId: Id<'company'>,
  month: UtcMonth,
  known: number,
): Promise<OrdersOfMonth> {
  const { from, until } = utcMonthRange(month);
  const [[row]] = await system(ctx).batch([
    ctx.db
      .select({
        limit: sql<number | null>`places`.mapWith(Number),
        ids: sql<Id<'order'>[] | null>`ids`,
      })
      .from(
        sql`orders_of_month(${companyId}, ${from.toISOString()}, ${until.toISOString()}, ${known})`,
      ),
  ]);
  if (!row) throw new Error(`${companyId} has no plan.`);
  return row;
}
