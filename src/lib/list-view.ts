import { EMAIL_MAX, storable } from './fields.ts';

/** Which page of a list is shown, and in which order. */
export interface ListView<Sort extends string> {
  sort: Sort;
  descending: boolean;
  /** Where the page starts, and in which direction it was reached. */
  cursor?: string | undefined;
  backwards: boolean;
}

/** The parameters of an address. */
export type Query = Readonly<Record<string, string | undefined>>;

/** Characters of a search that are looked for: no name or email is longer. */
export const SEARCH_MAX = EMAIL_MAX;

/**
 * Words to look for, as they were typed, without what is beyond `SEARCH_MAX`; undefined = none. What cannot be stored in
 * them becomes what nothing is called.
 */
export function searched(typed: string | undefined): string | undefined {
  const words = (typed ?? '').trim().slice(0, SEARCH_MAX);
  return storable(words).trim() || undefined;
}

/**
 * What an address asks of a list: `sort` (`name`, `-name`, …), `after` or `before` a cursor. What makes no sense, such as
 * a cursor of another order, is left out: an old bookmark still works.
 * @param unsorted the order of an address that names none
 * @param positionOf where a cursor points to in an order; null = nowhere
 */
export function listView<Sort extends string>(
  query: Query,
  sorts: readonly Sort[],
  unsorted: Pick<ListView<Sort>, 'sort' | 'descending'>,
  positionOf: (cursor: string, sort: Sort) => unknown,
): ListView<Sort> {
  const wanted = query['sort'] ?? '';
  const named = sorts.find((name) => name === wanted.replace('-', ''));
  const { sort, descending } = named
    ? { sort: named, descending: wanted.startsWith('-') }
    : unsorted;
  const cursor = query['before'] ?? query['after'];
  const known = cursor !== undefined && positionOf(cursor, sort) !== null;
  return {
    sort,
    descending,
    cursor: known ? cursor : undefined,
    backwards: known && query['before'] !== undefined,
  };
}
