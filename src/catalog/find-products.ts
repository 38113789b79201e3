import { Subquery, sql } from 'drizzle-orm';
import type { Position } from '../lib/cursor.ts';
import { isStorable } from '../lib/fields.ts';
import type { Owner } from '../storefront/me.ts';

/** The order of a list that a text is searched in, unless another one is chosen: the best match first. */
export const MATCH = 'match';

export interface ProductSearch {
  /** As typed. */
  text: string;
  active?: boolean | undefined;
  category?: string | undefined;
  /** Only what has fallen to its threshold. */
  low?: boolean | undefined;
  /** Whose earlier purchases come first; null = nobody's. */
  customer: Owner | null;
  /** Only what this customer has no price of their own for. */
  unpriced?: boolean;
  start?: Position | null | undefined;
  backwards?: boolean;
  limit: number;
}

/**
 * The products that a text means, the best match first, as the table `page`, by whose `place` it is ordered
 * (db/sql/find-products.sql).
 */
export function productsFound({ customer, start, ...search }: ProductSearch) {
  const columns = {
    id: sql<string>`id`.as('id'),
    rank: sql<number>`rank`.as('rank'),
    place: sql<string>`place`.as('place'),
  };
  const { text, active, category, low, unpriced, backwards, limit } = search;
  return new Subquery<'page', typeof columns>(
    sql`select id, rank, place from find_products(${text}, ${active ?? null}, ${category ?? null}, ${low ?? false},
      ${customer}, ${unpriced ?? false}, ${backwards ?? false}, ${start?.key ?? null}, ${start?.id ?? null}, ${limit})`,
    columns,
    'page',
  );
}

/** The place of each row of `productsFound`. */
export const PLACE_OF_PAGE = sql<string>`page.place`;
/** Its rank. */
export const RANK_OF_PAGE = sql<number>`page.rank`;

/** Whether a key of a cursor is such a place. */
export function isPlace(key: string): boolean {
  return /^[\da-f]{4}|^9/.test(key) && isStorable(key);
}

/** Whether the product at this place only looks like the text: nothing has all words of it. */
export function isNear(place: string | undefined): boolean {
  return place?.startsWith('8') ?? false;
}
