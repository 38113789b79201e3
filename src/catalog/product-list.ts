import { eq, sql } from 'drizzle-orm';
import { planUsage } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { type ListView, listView, type Query, searched } from '../lib/list-view.ts';
import type { Page } from '../lib/page.ts';
import { tenant } from '../tenant.ts';
import { isNear, MATCH } from './find-products.ts';
import { type ListSort, type Product, pageOf, productPage, productPosition } from './queries.ts';
import { PRODUCT_SORTS } from './schema.ts';

/** Which products are asked for; what is not set does not filter. */
export interface ProductFilter {
  /** Words of name, SKU, category or description, as typed. */
  search?: string | undefined;
  category?: string | undefined;
  active?: boolean | undefined;
  /** Only what has fallen to its threshold. */
  low?: boolean | undefined;
}

/** What the dashboard's list shows, and in which order. */
export interface ProductView extends ProductFilter, ListView<ListSort> {}

/** The filter an address names: `q`, `category`, `active`, `stock=low`. What makes no sense is left out. */
export function productFilter(query: Query): ProductFilter {
  const active = query['active'];
  return {
    search: searched(query['q']),
    category: searched(query['category']),
    active: active === 'true' || active === 'false' ? active === 'true' : undefined,
    low: query['stock'] === 'low' || undefined,
  };
}

/** What an address asks of the list; unsorted, it goes by the best match, or by name from A where there is no text. */
export function productView(query: Query): ProductView {
  const filter = productFilter(query);
  const unsorted = {
    sort: filter.search === undefined ? 'name' : MATCH,
    descending: false,
  } as const;
  return { ...filter, ...listView<ListSort>(query, PRODUCT_SORTS, unsorted, productPosition) };
}

export interface ProductList {
  page: Page<Product>;
  /** No product has all words of the text: these only look like it. */
  isNear: boolean;
  /** Every category there is, in order. */
  categories: string[];
  /** All products of the company, whatever the filter. */
  total: number;
}

/** One page of the dashboard's list, `limit` products at most. */
export async function getProductList(
  ctx: Ctx,
  view: ProductView,
  limit: number,
): Promise<ProductList> {
  const input = { ...view, limit };
  const door = tenant(ctx, 'products:read');
  const usage = ctx.db
    .select({ total: planUsage.products })
    .from(planUsage)
    .where(eq(planUsage.companyId, companyId(ctx)));
  const known = categories(ctx);
  const [[counted], named, rows] = await door.batch([usage, known, productPage(ctx, input)]);
  return {
    page: pageOf(rows, input),
    isNear: isNear(rows[0]?.place ?? undefined),
    categories: named.map(({ category }) => category),
    total: counted?.total ?? 0,
  };
}

/** The categories the company's products have, in order, for any batch. */
export function categories(ctx: Ctx) {
  return ctx.db
    .select({ category: sql<string>`category`.as('category') })
    .from(sql`product_categories() as category`);
}
