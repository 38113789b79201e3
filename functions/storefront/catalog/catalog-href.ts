import { MATCH } from '#src/catalog/find-products.ts';
import type { StoreView } from '#src/catalog/store-view.ts';
import { type QueryValues, queryHref } from '../../views/query-href.ts';

/** The order as an address has it. The best match goes without saying, and by name where there is no text. */
export function sortValue({
  search,
  sort,
  descending,
}: Pick<StoreView, 'search' | 'sort' | 'descending'>): string {
  if (sort === MATCH || (sort === 'name' && !descending && search === undefined)) return '';
  return descending ? `-${sort}` : sort;
}

/** The catalogue's address at `path` from its first page, as `storeView` reads it. */
export function catalogHref(path: string, view: StoreView, changes: QueryValues = {}): string {
  const current = { q: view.search, category: view.category, sort: sortValue(view) };
  return queryHref(path, current, changes);
}

/** The address of the very page that is shown. */
export function sameHref(path: string, view: StoreView): string {
  return catalogHref(path, view, { [view.backwards ? 'before' : 'after']: view.cursor });
}
