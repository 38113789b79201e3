import { readPrice } from '../catalog/price.ts';
import { SKU_MAX } from '../catalog/schema.ts';
import type { RowMessage } from '../lib/csv-parse.ts';
import { parseCsv } from '../lib/csv-parse.ts';
import { isStorable, UNSTORABLE } from '../lib/fields.ts';
import { countOf, formatNumber } from '../lib/format-number.ts';
import { shorten } from '../lib/shorten.ts';

const PRICE_LIST_MAX_ROWS = 5_000;

export interface PriceRow {
  row: number;
  sku: string;
  priceCents: number;
}

/** The rows of a price list, and what is wrong with those that cannot be read: every row is in one of the two. */
interface PriceList {
  rows: PriceRow[];
  issues: RowMessage[];
}

/**
 * Reads `sku,price` rows, pasted from a spreadsheet or uploaded as CSV ("Prices"); the first two columns count, and a
 * header may be there or not. A SKU twice is an issue on both rows.
 */
export function readPriceList(bytes: Uint8Array): PriceList {
  const { headers, headerRow, rows, rowCount, unreadable } = parseCsv(bytes, PRICE_LIST_MAX_ROWS);
  if (rowCount > PRICE_LIST_MAX_ROWS) {
    const message = `A price list can have at most ${formatNumber(PRICE_LIST_MAX_ROWS)} rows; this one has ${countOf(rowCount, 'row')}.`;
    return { rows: [], issues: [{ row: headerRow, message }] };
  }
  const noHeader = unreadable.get(headerRow);
  if (noHeader) return { rows: [], issues: [{ row: headerRow, message: noHeader }] };
  // Nobody calls a column 12.50, or $12.50: what has a figure in it is a price, if only a wrong one.
  const hasHeader = !/\d/u.test(headers[1] ?? '');
  const all = hasHeader ? rows : [{ row: headerRow, cells: headers }, ...rows];
  const firstRowOf = new Map<string, number>();
  const list: PriceList = { rows: [], issues: [] };
  const found = new Map<string, RowMessage>();
  for (const { row, cells } of all) {
    const sku = cells[0]?.trim() ?? '';
    const price = readPrice(cells[1] ?? '');
    const earlier = firstRowOf.get(sku);
    const message =
      unreadable.get(row) ??
      problemOf(sku) ??
      ('problem' in price ? price.problem : null) ??
      (earlier === undefined
        ? null
        : `Duplicate SKU "${shorten(sku, SKU_MAX)}" also on row ${earlier}.`);
    if (earlier !== undefined) {
      found.set(sku, {
        row: earlier,
        message: `Duplicate SKU "${shorten(sku, SKU_MAX)}" also on row ${row}.`,
      });
    }
    if (sku !== '') firstRowOf.set(sku, earlier ?? row);
    if (message !== null) list.issues.push({ row, message });
    else if ('cents' in price) list.rows.push({ row, sku, priceCents: price.cents });
  }
  const doubled = [...found.values()].filter(
    ({ row }) => !list.issues.some((issue) => issue.row === row),
  );
  return {
    rows: list.rows.filter(({ row }) => !doubled.some((issue) => issue.row === row)),
    issues: [...list.issues, ...doubled].toSorted((a, b) => a.row - b.row),
  };
}

function problemOf(sku: string): string | null {
  if (sku === '') return 'SKU is required.';
  return isStorable(sku) ? null : UNSTORABLE;
}
