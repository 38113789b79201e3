import { type SQL, and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { companies, products, stockLevels } from '#db/schema/index.ts';
import { type Ctx, companyId, ENTERED } from '../context.ts';
import { type Position, decodeCursor, encodeCursor } from '../lib/cursor.ts';
import { AppError } from '../lib/errors.ts';
import { isStorable, UNSTORABLE } from '../lib/fields.ts';
import { isIsoMoment } from '../lib/iso-moment.ts';
import { ID_OF_PAGE, lookedUp, pageOfIds } from '../lib/looked-up.ts';
import { type Page, pageFrom } from '../lib/page.ts';
import { tenant } from '../tenant.ts';
import { isPlace, MATCH, PLACE_OF_PAGE, productsFound } from './find-products.ts';
import type { ProductSort } from './schema.ts';

/** At or below this a product's stock is low: its own threshold, or the company's. */
export const lowAt =
  sql<number>`coalesce(${products.lowStockThreshold}, (select ${companies.lowStockThreshold} from ${companies}
    where ${companies.id} = ${ENTERED}))`.mapWith(Number);

/** The columns staff and API are shown, of `products` joined with its `stockLevels`. */
const productColumns = {
  id: products.id,
  name: products.name,
  sku: products.sku,
  description: products.description,
  category: products.category,
  unit: products.unit,
  priceCents: products.priceCents,
  stock: stockLevels.onHand,
  imageId: products.imageId,
  active: products.active,
  lowStockThreshold: products.lowStockThreshold,
  lowAt: lowAt.as('low_at'),
  version: products.version,
  createdAt: products.createdAt,
  updatedAt: products.updatedAt,
};

export type Product = {
  id: Id<'product'>;
  name: string;
  /** null = none. */
  sku: string | null;
  description: string | null;
  category: string | null;
  unit: string;
  priceCents: number;
  stock: number;
  imageId: Id<'image'> | null;
  /** Whether the storefront shows it. */
  active: boolean;
  /** null = the company's. */
  lowStockThreshold: number | null;
  lowAt: number;
  version: number;
  createdAt: Date;
  updatedAt: Date;
};

/** The join every query of `productColumns` needs. */
export const itsStock = and(
  eq(stockLevels.companyId, products.companyId),
  eq(stockLevels.productId, products.id),
);

/** The product of each row of `pageOfIds`, and the stock of that. */
export function productOfPage(ctx: Ctx) {
  return lookedUp(
    products,
    and(eq(products.companyId, companyId(ctx)), eq(products.id, ID_OF_PAGE)),
  );
}
export const stockOfProduct = lookedUp(stockLevels, itsStock);

/** What a list can be ordered by; the best match where a text is searched. */
export type ListSort = ProductSort | typeof MATCH;

export interface ProductListInput {
  /** Rows at most; one more is read, to know whether there are more. */
  limit: number;
  /** Words of name, SKU, category or description, as typed. */
  search?: string | undefined;
  category?: string | undefined;
  active?: boolean | undefined;
  /** Only what has fallen to its threshold. */
  low?: boolean | undefined;
  sort: ListSort;
  descending: boolean;
  /** Where the page starts, from an earlier page of the same sort. */
  cursor?: string | undefined;
  /** The page that ends before `cursor` instead of the one after it. */
  backwards?: boolean;
}

const SORT_COLUMNS = {
  match: PLACE_OF_PAGE,
  name: products.nameKey,
  price: products.priceCents,
  stock: stockLevels.onHand,
  created: products.createdAt,
};

/**
 * One page of the company's products; rows inserted meanwhile are never skipped or repeated.
 * @throws AppError validation: an invalid cursor, or text no row can have
 */
export async function listProducts(ctx: Ctx, input: ProductListInput): Promise<Page<Product>> {
  const [rows] = await tenant(ctx, 'products:read').batch([productPage(ctx, input)]);
  return pageOf(rows, input);
}

/** The query of one page, for any batch; `pageOf` makes the page of its rows. */
export function productPage(ctx: Ctx, input: ProductListInput) {
  const { sort, limit, category = null, active = null, low = false, backwards = false } = input;
  const descending = input.descending !== backwards;
  const order = descending ? desc : asc;
  const start = positionOf(input);
  const search = input.search?.trim() || null;
  if (!isStorable((search ?? '') + (category ?? ''))) throw new AppError('validation', UNSTORABLE);
  const page =
    sort === MATCH
      ? productsFound({
          text: search ?? '',
          active: input.active,
          category: input.category,
          low,
          start,
          customer: null,
          backwards,
          limit: limit + 1,
        })
      : pageOfIds(sql`product_page(${search}, ${active}, ${category}, ${low}, null, ${sort}, ${descending},
          ${start?.key ?? null}, ${start?.id ?? null}, ${limit + 1})`);
  const place = sort === MATCH ? PLACE_OF_PAGE : sql<null>`null`;
  return productsOf(ctx, page, place).orderBy(order(SORT_COLUMNS[sort]), order(products.id));
}

/** The products of these ids, as `pageOf` takes them. */
export function productsAmong(ctx: Ctx, ids: SQL) {
  return productsOf(ctx, pageOfIds(ids), sql<null>`null`);
}

function productsOf(
  ctx: Ctx,
  page: ReturnType<typeof pageOfIds | typeof productsFound>,
  place: SQL<string | null>,
) {
  return ctx.db
    .select({ ...productColumns, nameKey: products.nameKey, place: place.as('place') })
    .from(page)
    .innerJoinLateral(productOfPage(ctx), sql`true`)
    .innerJoinLateral(stockOfProduct, sql`true`);
}

/** What a cursor is made of. */
type Positioned = Pick<Product, 'id' | 'priceCents' | 'stock' | 'createdAt'> & {
  nameKey: string;
  /** Among what is searched; null = in another order. */
  place: string | null;
};

/** The page the rows of a `productPage` query make. */
export function pageOf<Row extends Positioned>(rows: Row[], input: ProductListInput): Page<Row> {
  const { sort } = input;
  return pageFrom(rows, input, (row) =>
    encodeCursor({ sort, key: sortKey(row, sort), id: row.id }),
  );
}

function sortKey(row: Positioned, sort: ListSort): string {
  switch (sort) {
    case 'match':
      return row.place ?? '';
    case 'name':
      return row.nameKey;
    case 'price':
      return String(row.priceCents);
    case 'stock':
      return String(row.stock);
    case 'created':
      return row.createdAt.toISOString();
  }
}

/** @throws AppError validation: no cursor of this sort */
export function positionOf({
  cursor,
  sort,
}: Pick<ProductListInput, 'cursor' | 'sort'>): Position | undefined {
  if (cursor === undefined) return undefined;
  const position = productPosition(cursor, sort);
  if (!position) throw new AppError('validation', 'Invalid cursor.');
  return position;
}

const IS_KEY = {
  match: isPlace,
  name: () => true,
  price: (key) => /^\d{1,15}$/.test(key),
  stock: (key) => /^\d{1,15}$/.test(key),
  created: isIsoMoment,
} satisfies Record<ListSort, (key: string) => boolean>;

/** Where a cursor of this sort points to, or null when it is none of ours. */
export function productPosition(cursor: string, sort: ListSort): Position | null {
  const position = decodeCursor(cursor);
  const valid =
    position?.sort === sort && isStorable(position.key + position.id) && IS_KEY[sort](position.key);
  return valid ? position : null;
}

/** @throws AppError not_found */
export async function getProduct(ctx: Ctx, id: Id<'product'>): Promise<Product> {
  const [rows] = await tenant(ctx, 'products:read').batch([productById(ctx, id)]);
  return foundProduct(rows[0]);
}

export function productById(ctx: Ctx, id: Id<'product'>) {
  return ctx.db
    .select(productColumns)
    .from(products)
    .innerJoin(stockLevels, itsStock)
    .where(isProduct(ctx, id));
}

/** The row of `products`, and no other company's. */
export function isProduct(ctx: Ctx, id: Id<'product'>) {
  return and(eq(products.companyId, companyId(ctx)), eq(products.id, id));
}

export function foundProduct(product: Product | undefined): Product {
  if (!product) throw new AppError('not_found', 'Product not found.');
  return product;
}
