import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Id, isId } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { decodeCursor, encodeCursor } from '../lib/cursor.ts';
import { AppError } from '../lib/errors.ts';
import { type Page, pageFrom } from '../lib/page.ts';
import { tenant } from '../tenant.ts';
import { companyCurrency, currencyFrom } from './currency.ts';
import type { Period } from './period.ts';
import type { Sales } from './sales-report.ts';

export interface CustomerSales extends Sales {
  id: Id<'customer'>;
  name: string | null;
  email: string;
  lastOrderAt: Date;
}

interface CustomerReport {
  currency: string;
  page: Page<CustomerSales>;
}

const SORT = 'revenue';

/**
 * One page of the customers who ordered in a period, whoever brought most first (db/sql/report-customers.sql). Orders
 * placed between two pages may move a customer to the other one.
 * @param zone whose days, an IANA name; null = the company's
 * @throws AppError validation `Invalid cursor.`
 */
export async function getCustomerReport(
  ctx: Ctx,
  { from, to }: Period,
  zone: string | null,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<CustomerReport> {
  const start = cursor === undefined ? null : startOf(cursor);
  const [currencies, rows] = await tenant(ctx, 'reports:read').batch([
    companyCurrency(ctx),
    ctx.db
      .select({
        id: sql<Id<'customer'>>`id`,
        name: sql<string | null>`name`,
        email: sql<string>`email`,
        orders: sql<number>`orders`,
        cancelled: sql<number>`cancelled`,
        cents: sql<number>`cents`.mapWith(Number),
        lastOrderAt: sql<Date>`last_order_at`.mapWith((text: string) => new Date(text)),
      })
      .from(
        sql`customer_sales(${from}::date, ${to}::date, ${zone}, ${start?.key ?? null}, ${start?.id ?? null}, ${limit + 1})`,
      ),
  ]);
  const page = pageFrom(rows, { limit }, ({ cents, id }) =>
    encodeCursor({ sort: SORT, key: String(cents), id }),
  );
  return { currency: currencyFrom(currencies), page };
}

function startOf(cursor: string): { key: string; id: string } {
  const position = decodeCursor(cursor);
  const isOurs =
    position?.sort === SORT && /^\d{1,17}$/.test(position.key) && isId('customer', position.id);
  if (!isOurs) throw new AppError('validation', 'Invalid cursor.');
  return position;
}

/** A customer as the API's report shows it. */
export const CustomerSalesOut = z
  .object({
    customerId: z.string().meta({ example: 'cus_01k9h7m3v8e4nspb3s0h8x2v7q' }),
    name: z.string().nullable().meta({ example: 'Acme Restaurant Group' }),
    email: z.string().meta({ example: 'buyer@acme.com' }),
    orders: z.int().meta({ description: 'With the cancelled ones.', example: 12 }),
    cancelled: z.int().meta({ example: 1 }),
    revenue: z
      .number()
      .meta({ description: 'Totals of what was not cancelled.', example: 1443.75 }),
    lastOrderAt: z.string().meta({
      format: 'date-time',
      description: 'The last one in the period.',
      example: '2026-03-01T12:00:00.000Z',
    }),
  })
  .meta({ id: 'CustomerSales' });

export function customerSalesOut(row: CustomerSales): z.input<typeof CustomerSalesOut> {
  const { id, name, email, orders, cancelled, cents, lastOrderAt } = row;
  return {
    customerId: id,
    name,
    email,
    orders,
    cancelled,
    revenue: cents / 100,
    lastOrderAt: lastOrderAt.toISOString(),
  };
}
