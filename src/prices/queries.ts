import { and, asc, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { priceOverrides, products } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { type Position, decodeCursor, encodeCursor } from '../lib/cursor.ts';
import { isStorable } from '../lib/fields.ts';
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

/** A product the customer pays the catalogue's price for. */
export type PricedProduct = Pick<PriceOverride, 'productId' | 'name' | 'sku' | 'priceCents'>;

/** Which of a customer's prices are asked for. */
export interface PriceView {
  /** Case-insensitive substring of name, SKU, category or description. */
  search?: string | undefined;
  /** Words to find products without a price of their own by. */
  add?: string | undefined;
  /** Where the page starts. */
  after?: string | undefined;
}

const SORT = 'prices';

/** What an address asks for: `q`, `add`, `after`. What makes no sense is left out. */
export function priceView(query: Readonly<Record<string, string | undefined>>): PriceView {
  const words = (text: string | undefined) => {
    const trimmed = text?.trim();
    return trimmed && isStorable(trimmed) ? trimmed : undefined;
  };
  return { search: words(query['q']), add: words(query['add']), after: query['after'] };
}

/** A customer's own prices by product name, for a batch; one more than `limit`, to know whether there are more. */
export function overridesOf(
  ctx: Ctx,
  customer: Id<'customer'>,
  { search, after }: PriceView,
  limit: number,
) {
  const { rows, product } = pricesWithProducts(ctx);
  const start = after === undefined ? null : pricePosition(after);
  const beyond = start && sql`(${product.nameKey}, ${product.id}) > (${start.key}, ${start.id})`;
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
    .orderBy(asc(product.nameKey), asc(product.id))
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
export function pricePage(rows: PriceOverride[], limit: number): Page<PriceOverride> {
  return pageFrom(rows, { limit }, ({ nameKey, productId }) =>
    encodeCursor({ sort: SORT, key: nameKey, id: productId }),
  );
}

export function countOverrides(ctx: Ctx, customer: Id<'customer'>) {
  return ctx.db
    .select({ count: sql<number>`count(*)::int`.as('n') })
    .from(priceOverrides)
    .where(ofCustomer(ctx, customer));
}

/** Products with these words in them that the customer has no price of their own for, for a batch. */
export function productsToPrice(ctx: Ctx, customer: Id<'customer'>, words: string, limit: number) {
  const has = ctx.db
    .select({ one: sql`1` })
    .from(priceOverrides)
    .where(and(ofCustomer(ctx, customer), eq(priceOverrides.productId, products.id)));
  return ctx.db
    .select({
      productId: products.id,
      name: products.name,
      sku: products.sku,
      priceCents: products.priceCents,
    })
    .from(products)
    .where(
      and(
        eq(products.companyId, companyId(ctx)),
        sql`${products.id} in (select product_page(${words.toLowerCase()}, null, null, false, null, 'name', false, null,
          null, 50))`,
        sql`not exists ${has}`,
      ),
    )
    .orderBy(asc(products.nameKey), asc(products.id))
    .limit(limit);
}

export function ofCustomer(ctx: Ctx, customer: Id<'customer'>) {
  return and(eq(priceOverrides.companyId, companyId(ctx)), eq(priceOverrides.customerId, customer));
}
