import type { Id } from '#db/ids.ts';
import type { OrderView } from '#src/orders/order-list.ts';
import { type QueryValues, queryHref } from '../../views/query-href.ts';
import { sortValue } from '../../views/sort-link.ts';

export const ORDERS_PATH = '/dashboard/orders';
export const NEW_ORDER_PATH = `${ORDERS_PATH}/new`;
export const DISCARD_DRAFT_PATH = `${NEW_ORDER_PATH}/discard`;

export function orderPath(id: Id<'order'>): string {
  return `${ORDERS_PATH}/${id}`;
}

/** The order as an address has it; what it is anyway goes without saying. */
export function sortParameter({ sort, descending }: OrderView): string | undefined {
  const value = sortValue(sort, descending);
  return value === '-created' ? undefined : value;
}

/** The filters as an address has them: those that are typed as they were, whether they can be read or not. */
export function filterQuery(view: OrderView): QueryValues {
  const { search, status, customer, typed = {} } = view;
  return {
    q: search,
    status,
    customer,
    from: typed['from'],
    to: typed['to'],
    min: typed['min'],
    max: typed['max'],
  };
}

/** The list's address from its first page, as `orderView` reads it. */
export function listHref(view: OrderView, changes: QueryValues = {}): string {
  return queryHref(ORDERS_PATH, { ...filterQuery(view), sort: sortParameter(view) }, changes);
}
