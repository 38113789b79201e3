import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { priceOverrides, products } from '#db/schema/index.ts';
import { PLACE_OF_PAGE, productsFound } from '../catalog/find-products.ts';
import { productOfPage } from '../catalog/queries.ts';
import { type Ctx, companyId } from '../context.ts';
import { type Position, decodeCursor, encodeCursor } from '../lib/cursor.ts';
import { isStorable } from '../lib/fields.ts';
import { type ListView, listView, type Query, searched } from '../lib/list-view.ts';
import { type Page, pageFrom } from '../lib/page.ts';

/** What one customer pays for a product, beside what everybody pays. */
export interface PriceOverride {
  productId: Id<'product'>;
  name: string;
  sku: string | null;
  unit: string;
  active: boolean;
  nameKey: string;
  /** The catalogue's price. */
  priceCents: number;
  ownCents: number;
}

/** A product to give a price to; `ownCents` is null where the customer pays the catalogue's. */
export type PricedProduct = Omit<PriceOverride, 'unit' | 'nameKey' | 'ownCents'> & {
  ownCents: number | null;
};

/** Which of a customer's prices are asked for. */
export interface PriceView extends Pick<ListView<'prices'>, 'cursor' | 'backwards'> {
  /** Case-insensitive substring of name, SKU, category or description. */
  search?: string | undefined;
  /** Words to find products without a price of their own by. */
  add?: string | undefined;
}

const SORT = 'prices';

/** What an address asks for: `q`, `add`, `after` or `before` a cursor. What makes no sense is left out. */
export function priceView(query: Query): PriceView {
  const byName = { sort: SORT, descending: false } as const;
  const { cursor, backwards } = listView(query, [SORT], byName, pricePosition);
  return { search: searched(query['q']), add: searched(query['add']), cursor, backwards };
}

/**
 * A customer's own prices by product name, in the direction of travel, for a batch; one more than `limit`, to know
 * whether there are more.
 */
export function overridesOf(
  ctx: Ctx,
  customer: Id<'customer'>,
  { search, cursor, backwards = false }: Partial<PriceView>,
  limit: number,
) {
  const { rows, product } = pricesWithProducts(ctx);
  const order = backwards ? desc : asc;
  const start = cursor === undefined ? null : pricePosition(cursor);
  const direction = sql.raw(backwards ? '<' : '>');
  const beyond =
    start && sql`(${product.nameKey}, ${product.id}) ${direction} (${start.key}, ${start.id})`;
  return rows
    .where(
      and(
        ofCustomer(ctx, customer),
        search === undefined
          ? undefined
          : sql`strpos(${product.searchKey}, ${search.toLowerCase()}) > 0`,
        beyond ?? undefined,
      ),
    )
    .orderBy(order(product.nameKey), order(product.id))
    .limit(limit + 1);
}

/** A customer's own price for one product, for a batch. */
export function overrideOf(ctx: Ctx, customer: Id<'customer'>, product: Id<'product'>) {
  return pricesWithProducts(ctx).rows.where(
    and(ofCustomer(ctx, customer), eq(priceOverrides.productId, product)),
  );
}

/** Where a cursor of a customer's prices points to, or null when it is none of ours. */
export function pricePosition(cursor: string): Position | null {
  const position = decodeCursor(cursor);
  return position?.sort === SORT && isStorable(position.key + position.id) ? position : null;
}

function pricesWithProducts(ctx: Ctx) {
  // Each price looks its product up by the key, whatever the planner knows: `limit` keeps it from joining the catalogue.
  const product = ctx.db
    .select({
      id: products.id,
      name: products.name,
      sku: products.sku,
      unit: products.unit,
      active: products.active,
      nameKey: products.nameKey,
      searchKey: products.searchKey,
      priceCents: sql<number>`${products.priceCents}`.as('list_cents'),
    })
    .from(products)
    .where(and(eq(products.companyId, companyId(ctx)), eq(products.id, priceOverrides.productId)))
    .limit(1)
    .as('product');
  const rows = ctx.db
    .select({
      productId: priceOverrides.productId,
      name: product.name,
      sku: product.sku,
      unit: product.unit,
      active: product.active,
      nameKey: product.nameKey,
      priceCents: sql<number>`${product.priceCents}`.mapWith(Number),
      ownCents: priceOverrides.priceCents,
    })
    .from(priceOverrides)
    .innerJoinLateral(product, sql`true`);
  return { rows, product };
}

/** The page these rows make. */
export function pricePage(
  rows: PriceOverride[],
  limit: number,
  backwards = false,
): Page<PriceOverride> {
  return pageFrom(rows, { limit, backwards }, ({ nameKey, productId }) =>
    encodeCursor({ sort: SORT, key: nameKey, id: productId }),
  );
}

export function countOverrides(ctx: Ctx, customer: Id<'customer'>) {
  return ctx.db
    .select({ count: sql<number>`count(*)::int`.as('n') })
    .from(priceOverrides)
    .where(ofCustomer(ctx, customer));
}

/**
 * The first `limit` products that a text means and the customer has no price of their own for, what the customer buys
 * first among equals, and `also` this one, whatever it has, for a batch.
 */
export function productsToPrice(
  ctx: Ctx,
  customer: Id<'customer'>,
  words: string,
  limit: number,
  also: Id<'product'> | null,
) {
  const found = productsFound({ text: words, customer, unpriced: true, limit });
  return ctx.db
    .select({
      productId: products.id,
      name: products.name,
      sku: products.sku,
      active: products.active,
      priceCents: products.priceCents,
      ownCents: priceOverrides.priceCents,
      place: PLACE_OF_PAGE,
    })
    .from(
      sql`(
        select id, min(place) as place
        from (select id, place from ${found} union all select ${also}, '') as wanted
        group by id
      ) as page`,
    )
    .innerJoinLateral(productOfPage(ctx), sql`true`)
    .leftJoin(
      priceOverrides,
      and(ofCustomer(ctx, customer), eq(priceOverrides.productId, products.id)),
    )
    .orderBy(PLACE_OF_PAGE, products.id);
}

export function ofCustomer(ctx: Ctx, customer: Id<'customer'>) {
  return and(eq(priceOverrides.companyId, companyId(ctx)), eq(priceOverrides.customerId, customer));
}
