/** A slice of a list that is paged by key, not by number. */
export interface Page<T> {
  rows: T[];
  /** There are more rows in the direction of travel. */
  hasMore: boolean;
  /** Cursors of the first and the last row. */
  first: string | null;
  last: string | null;
}
