import { isStorable } from '../lib/fields.ts';
import { type Position, decodeCursor } from '../lib/cursor.ts';
import { type ListView, listView, type Query, searched } from '../lib/list-view.ts';
import { isPlace, MATCH } from './find-products.ts';

/** What a storefront's catalogue can be ordered by; `popular` is what is often bought in this store. */
const STORE_SORTS = ['name', 'popular', 'price', 'stock'] as const;
/** With a text to search by it goes by the best match, unless another order is chosen. */
export type StoreSort = (typeof STORE_SORTS)[number] | typeof MATCH;

/** What the catalogue shows, and in which order. */
export interface StoreView extends ListView<StoreSort> {
  /** Words of name, SKU, category or description, as typed. */
  search?: string | undefined;
  category?: string | undefined;
}

/**
 * What an address asks of the catalogue: `q`, `category`, an order and a place; unsorted, it goes by the best match, or by
 * name from A where there is no text.
 */
export function storeView(query: Query): StoreView {
  const search = searched(query['q']);
  const unsorted = { sort: search === undefined ? 'name' : MATCH, descending: false } as const;
  return {
    search,
    category: searched(query['category']),
    ...listView<StoreSort>(query, STORE_SORTS, unsorted, storePosition),
  };
}

/** Where a cursor of this order points to, or null when it is none of ours. */
export function storePosition(cursor: string, sort: StoreSort): Position | null {
  const position = decodeCursor(cursor);
  if (position?.sort !== sort || !isStorable(position.key + position.id)) return null;
  if (sort === MATCH) return isPlace(position.key) ? position : null;
  return sort === 'name' || /^\d{1,15}$/.test(position.key) ? position : null;
}
