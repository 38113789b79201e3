import type { Id } from '#db/ids.ts';
import { MATCH } from '#src/catalog/find-products.ts';
import type { ProductView } from '#src/catalog/product-list.ts';
import type { ProductSort } from '#src/catalog/schema.ts';
import { type QueryValues, queryHref } from '../../views/query-href.ts';
import { sortValue } from '../../views/sort-link.ts';

export const LIST_PATH = '/dashboard/inventory';
export const NEW_PATH = `${LIST_PATH}/new`;
export const EXPORT_PATH = `${LIST_PATH}/export`;
export const IMPORT_PATH = `${LIST_PATH}/import`;
export const BULK_PATH = `${LIST_PATH}/bulk`;

export function editPath(id: Id<'product'>): string {
  return `${LIST_PATH}/${id}/edit`;
}

export function deletePath(id: Id<'product'>): string {
  return `${LIST_PATH}/${id}/delete`;
}

/** Where one value of a product is posted to from the list. */
export function inlinePath(id: Id<'product'>, field: 'price' | 'stock'): string {
  return `${LIST_PATH}/${id}/${field}`;
}

/** Where the list sends whether the storefront shows a product. */
export function activePath(id: Id<'product'>): string {
  return `${LIST_PATH}/${id}/active`;
}

/** Names from A, the cheapest and the scarcest first, but the newest. */
export function startsDescending(sort: ProductSort): boolean {
  return sort === 'created';
}

/** The order as an address has it. The best match goes without saying, and by name where there is no text. */
export function sortParameter({ search, sort, descending }: ProductView): string | undefined {
  const value = sortValue(sort, descending);
  return sort === MATCH || (value === 'name' && search === undefined) ? undefined : value;
}

/** The list's address from its first page, as `productView` reads it. */
export function listHref(view: ProductView, changes: QueryValues = {}, path = LIST_PATH): string {
  const current = {
    q: view.search,
    category: view.category,
    active: view.active === undefined ? undefined : String(view.active),
    stock: view.low ? 'low' : undefined,
    sort: sortParameter(view),
  };
  return queryHref(path, current, changes);
}

/** The same, from the page that is on show. */
export function pageHref(view: ProductView, changes: QueryValues = {}, path = LIST_PATH): string {
  return listHref(view, { [view.backwards ? 'before' : 'after']: view.cursor, ...changes }, path);
}
