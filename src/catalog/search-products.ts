import { desc, sql } from 'drizzle-orm';
import { products } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { isStorable, UNSTORABLE } from '../lib/fields.ts';
import type { Page } from '../lib/page.ts';
import { tenant } from '../tenant.ts';
import {
  listProducts,
  pageOf,
  positionOf,
  type Product,
  type ProductListInput,
  productsAmong,
} from './queries.ts';

/** What the API's list is asked for; `search` is a case-insensitive substring of name, SKU or category. */
type ProductSearch = Pick<ProductListInput, 'limit' | 'cursor' | 'search' | 'category' | 'active'>;

/**
 * One page of the API's list, newest first. A program that searches wants what is called so; people, who look around, are
 * also shown what is described so ("Products" of the API against the catalogue's).
 * @throws AppError validation: an invalid cursor, or text no row can have
 */
export async function searchProducts(ctx: Ctx, asked: ProductSearch): Promise<Page<Product>> {
  const input = { ...asked, sort: 'created', descending: true } as const;
  const { limit, category = null, active = null } = input;
  const text = input.search?.trim().toLowerCase();
  if (!text) return listProducts(ctx, { ...input, search: undefined });
  const start = positionOf(input);
  if (!isStorable(text + (category ?? ''))) throw new AppError('validation', UNSTORABLE);
  const ids = sql`search_products(${text}, ${active}, ${category}, ${start?.key ?? null}::timestamptz,
    ${start?.id ?? null}, ${limit + 1})`;
  const [rows] = await tenant(ctx, 'products:read').batch([
    productsAmong(ctx, ids).orderBy(desc(products.createdAt), desc(products.id)),
  ]);
  return pageOf(rows, input);
}
