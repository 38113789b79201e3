/** A slice of a list that is paged by key, not by number. */
export interface Page<T> {
  rows: T[];
  /** There are more rows in the direction of travel. */
  hasMore: boolean;
  /** Cursors of the first and the last row. */
  first: string | null;
  last: string | null;
}

/**
 * The page that the rows of a query make.
 * @param found in the direction of travel; one more than `limit`, where there are more
 */
export function pageFrom<T>(
  found: readonly T[],
  { limit, backwards = false }: { limit: number; backwards?: boolean | undefined },
  cursorOf: (row: T) => string,
): Page<T> {
  const rows = found.slice(0, limit);
  if (backwards) rows.reverse();
  const cursor = (row: T | undefined) => (row === undefined ? null : cursorOf(row));
  return {
    rows,
    hasMore: found.length > limit,
    first: cursor(rows[0]),
    last: cursor(rows.at(-1)),
  };
}
