import type { Id } from '#db/ids.ts';
import type { CustomerView } from '#src/customers/customer-list.ts';
import type { CustomerSort } from '#src/customers/schema.ts';
import type { PriceView } from '#src/prices/queries.ts';
import { type QueryValues, queryHref } from '../../views/query-href.ts';
import { sortValue } from '../../views/sort-link.ts';

export const LIST_PATH = '/dashboard/customers';
export const EXPORT_PATH = `${LIST_PATH}/export`;
export const IMPORT_PATH = `${LIST_PATH}/import`;

export function profilePath(id: Id<'customer'>): string {
  return `${LIST_PATH}/${id}`;
}

export function contactsPath(id: Id<'customer'>): string {
  return `${profilePath(id)}/contacts`;
}

export function pricesPath(id: Id<'customer'>): string {
  return `${profilePath(id)}/prices`;
}

export function pricePath(id: Id<'customer'>, product: Id<'product'>): string {
  return `${pricesPath(id)}/${product}`;
}

/** What of an address says which of a customer's prices are on show, as `priceView` reads it. */
export function priceQuery({ search, add, cursor, backwards }: PriceView) {
  return {
    q: search,
    add,
    after: backwards ? undefined : cursor,
    before: backwards ? cursor : undefined,
  };
}

/** Characters of a place that every row's forms can repeat. */
const PLACE_MAX = 600;

/** The same for the address of each row's forms; one that is too long leads back to all of them. */
export function rowPlace(view: PriceView): QueryValues {
  const place = priceQuery(view);
  return queryHref('', place).length <= PLACE_MAX ? place : {};
}

/** Says in the address of a price that it is edited in the customer's profile. */
export const IN_PROFILE = { in: 'profile' } as const;

/** Newest first, names from A. */
export function startsDescending(sort: CustomerSort): boolean {
  return sort === 'created';
}

/** The order as an address has it; what it is anyway goes without saying. */
export function sortParameter({ sort, descending }: CustomerView): string | undefined {
  const value = sortValue(sort, descending);
  return value === '-created' ? undefined : value;
}

/** The list's address from its first page, as `customerView` reads it. */
export function listHref(view: CustomerView, changes: QueryValues = {}, path = LIST_PATH): string {
  const current = { q: view.search, status: view.status, sort: sortParameter(view) };
  return queryHref(path, current, changes);
}
