import type { CartLine } from '#src/cart/queries.ts';

const LINES_SHOWN = 50;

/** The part of a long cart that a page shows. What cannot be ordered comes first, or it would have to be looked for. */
export function cartPart(all: readonly CartLine[], wanted: number) {
  const pages = Math.max(1, Math.ceil(all.length / LINES_SHOWN));
  const page = Math.min(Math.max(1, Number.isSafeInteger(wanted) ? wanted : 1), pages);
  const ordered =
    pages === 1
      ? all
      : [...all.filter(({ problem }) => problem), ...all.filter(({ problem }) => !problem)];
  return { lines: ordered.slice((page - 1) * LINES_SHOWN, page * LINES_SHOWN), page, pages };
}
