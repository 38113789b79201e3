import { sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { SKU_MAX } from '../catalog/schema.ts';
import { type Ctx, companyId } from '../context.ts';
import type { RowMessage } from '../lib/csv-parse.ts';
import { shorten } from '../lib/shorten.ts';
import { tenant } from '../tenant.ts';
import { type PriceRow, readPriceList } from './read-price-list.ts';

type ImportPricesResult =
  | { ok: true; set: number; unchanged: number }
  /** Nothing was written. */
  | { ok: false; issues: RowMessage[] };

/**
 * Sets many of a customer's own prices at once, all of them or none; those not in the list stay as they are. One round
 * trip.
 * @throws AppError not_found (customer)
 */
export async function importPrices(
  ctx: Ctx,
  customer: Id<'customer'>,
  list: Uint8Array,
): Promise<ImportPricesResult> {
  const { rows, issues } = readPriceList(list);
  if (issues.length > 0) return { ok: false, issues };
  if (rows.length === 0) {
    return { ok: false, issues: [{ row: 1, message: 'There is no row with a SKU and a price.' }] };
  }
  const [[set], unknown] = await tenant(ctx, 'customers:write').batch([
    ctx.db
      .select({
        count: sql<number>`set_prices(${customer}, ${JSON.stringify(rows)}::jsonb)`.as('n'),
      })
      .from(sql`(values (1)) as once`),
    unknownSkus(ctx, rows),
  ]);
  if (unknown.length > 0) {
    return {
      ok: false,
      issues: unknown.map(({ row, sku }) => ({
        row,
        message: `No product has the SKU "${shorten(sku, SKU_MAX)}".`,
      })),
    };
  }
  const changed = set?.count ?? 0;
  return { ok: true, set: changed, unchanged: rows.length - changed };
}

function unknownSkus(ctx: Ctx, rows: PriceRow[]) {
  return ctx.db
    .select({ row: sql<number>`list.row`.as('row'), sku: sql<string>`list.sku`.as('sku') })
    .from(sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as list (row integer, sku text)`)
    .where(
      sql`not exists (
        select from products p where p.company_id = ${companyId(ctx)} and p.sku = list.sku
      )`,
    )
    .orderBy(sql`list.row`);
}
