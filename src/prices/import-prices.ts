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
 * @param currency of the form, whose signs are read; null = none
 * @throws AppError not_found (customer)
 */
export async function importPrices(
  ctx: Ctx,
  customer: Id<'customer'>,
  bytes: Uint8Array,
  currency: string | null = null,
): Promise<ImportPricesResult> {
  const { rows, issues, skus } = readPriceList(bytes, currency);
  if (skus.length === 0 && issues.length > 0) return { ok: false, issues };
  if (skus.length === 0) {
    return { ok: false, issues: [{ row: 1, message: 'There is no row with a SKU and a price.' }] };
  }
  const door = tenant(ctx, 'customers:write');
  if (issues.length > 0) {
    const [unknown] = await door.batch([unknownSkus(ctx, skus)]);
    const all = [...issues, ...unknown.map(asIssue)];
    return { ok: false, issues: all.toSorted((a, b) => a.row - b.row) };
  }
  const [[set], unknown] = await door.batch([
    ctx.db
      .select({
        count: sql<number>`set_prices(${customer}, ${JSON.stringify(rows)}::jsonb)`.as('n'),
      })
      .from(sql`(values (1)) as once`),
    unknownSkus(ctx, skus),
  ]);
  if (unknown.length > 0) return { ok: false, issues: unknown.map(asIssue) };
  const changed = set?.count ?? 0;
  return { ok: true, set: changed, unchanged: rows.length - changed };
}

function asIssue({ row, sku }: UnknownSku): RowMessage {
  return { row, message: `No product has the SKU "${shorten(sku, SKU_MAX)}".` };
}

type UnknownSku = Pick<PriceRow, 'row' | 'sku'>;

function unknownSkus(ctx: Ctx, skus: UnknownSku[]) {
  return ctx.db
    .select({ row: sql<number>`list.row`.as('row'), sku: sql<string>`list.sku`.as('sku') })
    .from(sql`jsonb_to_recordset(${JSON.stringify(skus)}::jsonb) as list (row integer, sku text)`)
    .where(
      sql`not exists (
        select from products p where p.company_id = ${companyId(ctx)} and p.sku = list.sku
      )`,
    )
    .orderBy(sql`list.row`);
}
