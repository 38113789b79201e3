import { type SQL, sql } from 'drizzle-orm';
import { companies } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';

/**
 * The moment a day begins in the company's time zone, which the request learns only from the batch it asks in.
 * @param day `YYYY-MM-DD`
 * @param daysLater 1 = the moment that day has ended
 */
export function startOfDay(ctx: Ctx, day: string, daysLater = 0): SQL<Date> {
  // One scalar subquery, so that it is one value to the planner, and the comparison reaches an index.
  return sql`(select (${day}::date + ${daysLater}::integer)::timestamp at time zone ${companies.timeZone}
    from ${companies} where ${companies.id} = ${companyId(ctx)})`;
}
