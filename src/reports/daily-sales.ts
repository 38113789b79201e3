import { sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';

/** What was ordered on one day of the company's calendar; cancelled orders do not count. */
export interface DaySales {
  /** `YYYY-MM-DD` */
  day: string;
  orders: number;
  cents: number;
}

/** The days with orders among the last so many, today included, for a batch (db/sql/daily-sales.sql). */
export function salesRows(ctx: Ctx, days: number) {
  return ctx.db
    .select({
      day: sql<string>`day`,
      orders: sql<number>`orders`,
      cents: sql<number>`cents`.mapWith(Number),
    })
    .from(sql`daily_sales(${ctx.now.toISOString()}, ${days})`);
}

const DAY = 86_400_000;

/**
 * Every day up to today, oldest first, with nothing where nothing was ordered.
 * @param today `YYYY-MM-DD` in the company's time zone
 */
export function everyDay(rows: readonly DaySales[], today: string, days: number): DaySales[] {
  const known = new Map(rows.map((row) => [row.day, row]));
  const last = Date.parse(`${today}T00:00:00Z`);
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(last - (days - 1 - index) * DAY).toISOString().slice(0, 10);
    return known.get(day) ?? { day, orders: 0, cents: 0 };
  });
}
