import { isId } from '#db/ids.ts';
import type { JudgedRow, WantedRow } from '#src/quick-order/judge-rows.ts';

const ROWS_SHOWN = 80;

/** Of many rows, those that need somebody come first, and those that are too many for a page are folded into a field. */
export function foldRows<Row extends JudgedRow>(
  rows: readonly Row[],
  needsLook: (row: Row) => boolean,
): { shown: readonly Row[]; folded: readonly Row[] } {
  if (rows.length <= ROWS_SHOWN) return { shown: rows, folded: [] };
  const ordered = [...rows.filter(needsLook), ...rows.filter((row) => !needsLook(row))];
  return { shown: ordered.slice(0, ROWS_SHOWN), folded: ordered.slice(ROWS_SHOWN) };
}

/** Rows for the page's form to send along: a line each of number, product, quantity and text. */
export function foldedRows(rows: readonly WantedRow[]): string {
  return rows
    .map(({ row, product, quantity, text }) =>
      [row, product ?? '', quantity, text]
        .map((cell) => `${cell}`.replaceAll(/\s+/gu, ' '))
        .join('\t'),
    )
    .join('\n');
}

/** Reads what `foldedRows` wrote. */
export function readFoldedRows(field: unknown): WantedRow[] {
  if (typeof field !== 'string') return [];
  return field.split(/\r?\n/).flatMap((line) => {
    const [row = '', product = '', quantity = '', text = ''] = line.split('\t');
    if (!/^\d{1,6}$/.test(row)) return [];
    const known = isId('product', product) ? product : null;
    return [{ row: Number(row), text, quantity, whole: null, product: known }];
  });
}
