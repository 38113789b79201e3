import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Ctx } from '../context.ts';
import { ORDER_STATUS_NAMES, type OrderStatus } from '../orders/order-status.ts';
import { tenant } from '../tenant.ts';
import { companyCurrency, currencyFrom } from './currency.ts';
import type { Period } from './period.ts';

/** Some orders, added up: cancelled ones count as orders, and not towards money. */
export interface Sales {
  orders: number;
  cancelled: number;
  cents: number;
}

export interface SalesReport {
  currency: string;
  totals: Sales;
  /** Every status there is; `cents` of the cancelled ones is what was cancelled. */
  statuses: { status: OrderStatus; orders: number; cents: number }[];
  /** Days with orders, the first one first. */
  days: (Sales & { day: string })[];
}

/**
 * What was sold in a period, in the company's present currency: orders in another are left out (db/sql/daily-sales.sql).
 * @param zone whose days, an IANA name; null = the company's
 */
export async function getSalesReport(
  ctx: Ctx,
  { from, to }: Period,
  zone: string | null,
): Promise<SalesReport> {
  const [currencies, rows] = await tenant(ctx, 'reports:read').batch([
    companyCurrency(ctx),
    ctx.db
      .select({
        day: sql<string>`day`,
        status: sql<OrderStatus>`status`,
        orders: sql<number>`orders`,
        cents: sql<number>`cents`.mapWith(Number),
      })
      .from(sql`sales_by_day(${from}::date, ${to}::date, ${zone})`),
  ]);
  const days = new Map<string, Sales & { day: string }>();
  const totals: Sales = { orders: 0, cancelled: 0, cents: 0 };
  for (const row of rows) {
    const { day } = row;
    const sales = days.get(day) ?? { day, orders: 0, cancelled: 0, cents: 0 };
    days.set(day, sales);
    for (const sum of [sales, totals]) {
      sum.orders += row.orders;
      if (row.status === 'CANCELLED') sum.cancelled += row.orders;
      else sum.cents += row.cents;
    }
  }
  return {
    currency: currencyFrom(currencies),
    totals,
    statuses: ORDER_STATUS_NAMES.map((status) => {
      const own = rows.filter((row) => row.status === status);
      const orders = own.reduce((sum, row) => sum + row.orders, 0);
      return { status, orders, cents: own.reduce((sum, row) => sum + row.cents, 0) };
    }),
    days: [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1)),
  };
}

const salesOut = {
  orders: z.int().meta({ description: 'With the cancelled ones.', example: 12 }),
  cancelled: z.int().meta({ example: 1 }),
  revenue: z.number().meta({ description: 'Totals of what was not cancelled.', example: 1443.75 }),
  average: z.number().nullable().meta({
    description: 'Revenue by order; null without one that was not cancelled.',
    example: 131.25,
  }),
};

/** The report as the API shows it. */
export const SalesReportOut = z
  .object({
    from: z.string().nullable().meta({ format: 'date', example: '2026-03-01' }),
    to: z.string().nullable().meta({ format: 'date', example: '2026-03-31' }),
    currency: z.string().meta({
      description:
        'ISO 4217. Orders that were placed in another currency are in none of the figures.',
      example: 'USD',
    }),
    totals: z.object(salesOut),
    statuses: z.array(
      z.object({
        status: z.enum(ORDER_STATUS_NAMES),
        orders: salesOut.orders.meta({ description: 'How many have it now.' }),
        total: z.number().meta({ example: 262.5 }),
      }),
    ),
    days: z
      .array(
        z.object({ day: z.string().meta({ format: 'date', example: '2026-03-01' }), ...salesOut }),
      )
      .meta({ description: 'Days with orders, in UTC, the first one first.' }),
  })
  .meta({ id: 'SalesReport' });

export function salesReportOut(
  { from, to }: Period,
  { currency, totals, statuses, days }: SalesReport,
): z.input<typeof SalesReportOut> {
  return {
    from,
    to,
    currency,
    totals: withAverage(totals),
    statuses: statuses.map(({ status, orders, cents }) => ({ status, orders, total: cents / 100 })),
    days: days.map(({ day, ...sales }) => ({ day, ...withAverage(sales) })),
  };
}

function withAverage({ orders, cancelled, cents }: Sales) {
  const paid = orders - cancelled;
  const average = paid === 0 ? null : Math.round(cents / paid) / 100;
  return { orders, cancelled, revenue: cents / 100, average };
}
