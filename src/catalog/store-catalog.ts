import { type SQL, and, asc, desc, eq, sql } from 'drizzle-orm';
import { cartLines, products, stockLevels } from '#db/schema/index.ts';
import { inMyCart } from '../cart/queries.ts';
import type { Ctx } from '../context.ts';
import { encodeCursor } from '../lib/cursor.ts';
import { lookedUp, pageOfIds } from '../lib/looked-up.ts';
import { type Page, pageFrom } from '../lib/page.ts';
import { myCustomer } from '../storefront/me.ts';
import { tenant } from '../tenant.ts';
import { isNear, MATCH, PLACE_OF_PAGE, productsFound, RANK_OF_PAGE } from './find-products.ts';
import { categories } from './product-list.ts';
import { lowAt, productOfPage, stockOfProduct } from './queries.ts';
import { type OfferedProduct, offeredColumns, offeredPrice, ownPrice } from './store-price.ts';
import { type StoreSort, type StoreView, storePosition } from './store-view.ts';

/** Products a page of the catalogue ("Storefront"). */
const STORE_PAGE_SIZE = 24;

/** A product as the person who is signed in sees it. */
export interface StoreProduct extends OfferedProduct {
  /** Its beginning. */
  description: string | null;
  lowStockAt: number;
  /** Units in the person's own cart; null = none. */
  inCart: number | null;
}

export interface StoreCatalog {
  page: Page<StoreProduct>;
  /** No product has all words of the text: these only look like it. */
  isNear: boolean;
  /** All there are, in order. */
  categories: string[];
}

/** One page of what the store sells, and the categories to choose from, in one round trip. */
export async function getStoreCatalog(ctx: Ctx, view: StoreView): Promise<StoreCatalog> {
  const [named, found] = await tenant(ctx, 'catalog:read').batch([
    categories(ctx),
    storeProducts(ctx, view, STORE_PAGE_SIZE + 1),
  ]);
  return {
    categories: named.map(({ category }) => category),
    page: pageOf(found, view),
    isNear: view.sort === MATCH && isNear(found[0]?.key),
  };
}

function sortColumn(sort: StoreSort): SQL {
  const columns = {
    match: PLACE_OF_PAGE,
    name: products.nameKey,
    popular: stockLevels.timesOrdered,
    price: offeredPrice,
    stock: stockLevels.onHand,
  };
  return sql`${columns[sort]}`;
}

/** The first `limit` products of a view, each with the `key` it is ordered by. */
export function storeProducts(ctx: Ctx, view: StoreView, limit: number) {
  const { sort, search, category, backwards } = view;
  const descending = view.descending !== backwards;
  const order = descending ? desc : asc;
  const start = view.cursor === undefined ? null : storePosition(view.cursor, sort);
  const page =
    sort === MATCH
      ? productsFound({
          text: search ?? '',
          active: true,
          category,
          start,
          backwards,
          limit,
          customer: myCustomer,
        })
      : pageOfIds(sql`product_page(${search ?? null}, true, ${category ?? null}, false,
          ${myCustomer}, ${sort}, ${descending}, ${start?.key ?? null}, ${start?.id ?? null}, ${limit})`);
  return ctx.db
    .select({
      ...offeredColumns,
      description: sql<string | null>`left(${products.description}, 160)`,
      lowStockAt: lowAt,
      inCart: cartLines.quantity,
      key: sql<string>`${sortColumn(sort)}::text`,
      /** How well it matches (db/sql/product-place.sql); null = in another order. */
      rank: sort === MATCH ? RANK_OF_PAGE : sql<null>`null`,
    })
    .from(page)
    .innerJoinLateral(productOfPage(ctx), sql`true`)
    .innerJoinLateral(stockOfProduct, sql`true`)
    .leftJoinLateral(ownPrice(myCustomer), sql`true`)
    .leftJoinLateral(
      lookedUp(cartLines, and(inMyCart(ctx), eq(cartLines.productId, products.id))),
      sql`true`,
    )
    .orderBy(order(sortColumn(sort)), order(products.id))
    .limit(limit);
}

function pageOf(
  found: (StoreProduct & { key: string; rank: number | null })[],
  { sort, backwards }: StoreView,
): Page<StoreProduct> {
  return pageFrom(found, { limit: STORE_PAGE_SIZE, backwards }, ({ key, id }) =>
    encodeCursor({ sort, key, id }),
  );
}
