import { and, eq, sql } from 'drizzle-orm';
import { products } from '#db/schema/index.ts';
import { type CartUnits, cartUnitsFrom, cartUnitsOf } from '../cart/cart-units.ts';
import { stockOfProduct } from '../catalog/queries.ts';
import { offeredColumns, ownPrice } from '../catalog/store-price.ts';
import { type Ctx, companyId } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { formatNumber } from '../lib/format-number.ts';
import { isStorable } from '../lib/fields.ts';
import { lookedUp } from '../lib/looked-up.ts';
import { myCustomer } from '../storefront/me.ts';
import { tenant } from '../tenant.ts';
import { cartBefore } from './cart-before.ts';
import {
  type JudgedRows,
  type NearProduct,
  type RowMatch,
  type WantedRow,
  judgeRows,
} from './judge-rows.ts';
import { QUICK_ORDER_MAX_ROWS } from './read-rows.ts';

const TEXT_MAX = 200;

/**
 * What each row means to this customer: by SKU, by name, or nothing, with the nearest matches; one statement for all.
 * @param seen the cart that was shown with the rows, if these are to be added to it and may be so a second time
 * @throws AppError validation (more rows than are looked up at once), forbidden
 */
export async function resolveRows(
  ctx: Ctx,
  rows: readonly WantedRow[],
  seen: CartUnits | null = null,
): Promise<JudgedRows> {
  if (rows.length > QUICK_ORDER_MAX_ROWS) throw new AppError('validation', tooMany(rows.length));
  if (bytesOnPage(rows) > PAGE_BYTES) throw new AppError('validation', TOO_LONG);
  const [found, inCart] = await tenant(ctx, 'own_orders:write').batch([
    matchesOf(ctx, rows),
    cartUnitsOf(ctx),
  ]);
  const matches = new Map(
    found.map(({ row, byWhole, product, stock, priceCents, nearest }): [number, RowMatch] => [
      row,
      {
        byWhole,
        nearest: nearest ?? [],
        product: product && stock && { ...product, ...stock, priceCents },
      },
    ]),
  );
  const now = cartUnitsFrom(inCart);
  const cart = seen ? cartBefore(rows, matches, now, seen) : now;
  return { rows: judgeRows(rows, matches, cart), cart };
}

/** What the page of the rows has room for: it carries the text of all of them. */
const PAGE_BYTES = 100_000;
const TOO_LONG = 'These rows have more text than fits on a page. Split them.';

function bytesOnPage(rows: readonly WantedRow[]): number {
  const text = rows.map((row) => row.text + row.quantity).join('');
  return new TextEncoder().encode(text).length + 5 * (text.match(/["&'<>]/g)?.length ?? 0);
}

function tooMany(rows: number): string {
  return `At most ${formatNumber(QUICK_ORDER_MAX_ROWS)} rows at once, and these are ${formatNumber(rows)}. Split them.`;
}

function matchesOf(ctx: Ctx, rows: readonly WantedRow[]) {
  const wanted = rows.map(({ row, text, whole, product }) => ({
    row,
    text: searched(text),
    whole: whole === null ? null : searched(whole),
    product,
  }));
  const { onHand, priceCents, ...product } = offeredColumns;
  return ctx.db
    .select({
      row: sql<number>`m.row_number`,
      byWhole: sql<boolean>`m.by_whole`,
      product,
      stock: { onHand },
      priceCents,
      nearest: sql<NearProduct[] | null>`(
        select jsonb_agg(jsonb_build_object('id', n.id, 'name', n.name, 'sku', n.sku) order by near.place)
        from unnest(m.nearest) with ordinality as near (id, place)
        cross join lateral (
          select * from products where company_id = ${companyId(ctx)} and id = near.id limit 1
        ) as n
      )`,
    })
    .from(sql`match_products(${JSON.stringify(wanted)}::jsonb) as m`)
    .leftJoinLateral(
      lookedUp(
        products,
        and(eq(products.companyId, companyId(ctx)), sql`${products.id} = m.product_id`),
      ),
      sql`true`,
    )
    .leftJoinLateral(stockOfProduct, sql`true`)
    .leftJoinLateral(ownPrice(myCustomer), sql`true`);
}

/** No SKU or name is longer, and none has what cannot be stored; the row keeps what was typed. */
function searched(text: string): string {
  return isStorable(text) ? text.slice(0, TEXT_MAX).toWellFormed() : '';
}
