/**
 * The part of a long list that a page shows.
 * @param wanted counted from 1; the last one where there are fewer
 */
export function partOf<Row>(all: readonly Row[], wanted: number, size: number) {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Math.min(Math.max(1, Number.isSafeInteger(wanted) ? wanted : 1), pages);
  return { rows: all.slice((page - 1) * size, page * size), page, pages };
}
