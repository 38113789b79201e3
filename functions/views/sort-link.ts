import type { ListView } from '#src/lib/list-view.ts';

/** How an address says an order: `name`, `-name`. */
export function sortValue(sort: string, descending: boolean): string {
  return descending ? `-${sort}` : sort;
}

/**
 * A column's header that orders the list by it, and pressed again the other way round.
 * @param href the list's address in an order
 */
export function sortLink<Sort extends string>(
  view: ListView<Sort>,
  sort: Sort,
  startsDescending: boolean,
  href: (changes: { sort: string }) => string,
) {
  const isCurrent = view.sort === sort;
  const descending = isCurrent ? !view.descending : startsDescending;
  const direction = view.descending ? ('desc' as const) : ('asc' as const);
  return {
    href: href({ sort: sortValue(sort, descending) }),
    direction: isCurrent ? direction : undefined,
  };
}
