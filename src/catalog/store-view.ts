import { isStorable } from '../lib/fields.ts';
import { type Position, decodeCursor } from '../lib/cursor.ts';
import { type ListView, listView, type Query, searched } from '../lib/list-view.ts';

/** What a storefront's catalogue can be ordered by; `popular` is what is often bought in this store. */
const STORE_SORTS = ['name', 'popular', 'price', 'stock'] as const;
export type StoreSort = (typeof STORE_SORTS)[number];

/** What the catalogue shows, and in which order. */
export interface StoreView extends ListView<StoreSort> {
  /** Case-insensitive substring of name, SKU, category or description. */
  search?: string | undefined;
  category?: string | undefined;
}

/** What an address asks of the catalogue: `q`, `category`, an order and a place; unsorted, it goes by name from A. */
export function storeView(query: Query): StoreView {
  return {
    search: searched(query['q']),
    category: searched(query['category']),
    ...listView(query, STORE_SORTS, { sort: 'name', descending: false }, storePosition),
  };
}

/** Where a cursor of this order points to, or null when it is none of ours. */
export function storePosition(cursor: string, sort: StoreSort): Position | null {
  const position = decodeCursor(cursor);
  if (position?.sort !== sort || !isStorable(position.key + position.id)) return null;
  return sort === 'name' || /^\d{1,15}$/.test(position.key) ? position : null;
}
