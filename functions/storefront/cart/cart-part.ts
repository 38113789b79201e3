import type { CartLine } from '#src/cart/queries.ts';
import { partOf } from '../../views/part-of.ts';

const LINES_SHOWN = 50;

/** The part of a long cart that a page shows. What cannot be ordered comes first, or it would have to be looked for. */
export function cartPart(all: readonly CartLine[], wanted: number) {
  const ordered =
    all.length <= LINES_SHOWN
      ? all
      : [...all.filter(({ problem }) => problem), ...all.filter(({ problem }) => !problem)];
  const { rows: lines, page, pages } = partOf(ordered, wanted, LINES_SHOWN);
  return { lines, page, pages };
}
