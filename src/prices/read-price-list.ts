import { typedPrice } from '../catalog/price.ts';
import { SKU_MAX } from '../catalog/schema.ts';
import { decodeText } from '../lib/csv-decode.ts';
import type { RowMessage } from '../lib/csv-parse.ts';
import { isStorable, UNSTORABLE } from '../lib/fields.ts';
import { countOf, formatNumber } from '../lib/format-number.ts';
import { shorten } from '../lib/shorten.ts';
import { recordsOf } from '../quick-order/split-rows.ts';
import { splitPriceRow } from './split-price-row.ts';

const PRICE_LIST_MAX_ROWS = 5_000;

export interface PriceRow {
  row: number;
  sku: string;
  priceCents: number;
}

/** The rows of a price list, and what is wrong with those that cannot be read: every row is in one of the two. */
export interface PriceList {
  rows: PriceRow[];
  issues: RowMessage[];
  /** The SKUs of all rows that have one, also where the price is wrong. */
  skus: Pick<PriceRow, 'row' | 'sku'>[];
}

/**
 * Reads rows of SKU and price, pasted from a spreadsheet or uploaded as CSV ("Prices"); each row is split by the separator
 * that it has itself, and a heading may be there or not. A SKU twice is an issue on both rows.
 * @param currency of the form, whose signs are read; null = none
 */
export function readPriceList(bytes: Uint8Array, currency: string | null = null): PriceList {
  const lines = linesOf(decodeText(bytes).text);
  const [first] = lines;
  if (!first) return { rows: [], issues: [], skus: [] };
  const heading = headingOf(first.line);
  const columns = columnsOf(heading);
  if (columns === null) return refused(first.row, WHICH_PRICE);
  const data = heading ? lines.slice(1) : lines;
  if (data.length > PRICE_LIST_MAX_ROWS) {
    const message = `A price list can have at most ${formatNumber(PRICE_LIST_MAX_ROWS)} rows; this one has ${countOf(data.length, 'row')}.`;
    return refused(first.row, message);
  }
  const list: PriceList = { rows: [], issues: [], skus: [] };
  const firstRowOf = new Map<string, number>();
  const doubled = new Map<number, string>();
  for (const { row, line } of data) {
    const { cells, problem: torn } = splitPriceRow(line, heading?.length ?? 0);
    const { sku, price, ...priced } = pricedIn(cells, heading, columns);
    const problem = torn ?? priced.problem ?? null;
    const read = typedPrice(price, currency);
    const earlier = firstRowOf.get(sku);
    const message =
      problem ??
      problemOf(sku) ??
      ('problem' in read ? read.problem : null) ??
      (earlier === undefined ? null : duplicate(sku, earlier));
    if (earlier !== undefined) doubled.set(earlier, duplicate(sku, row));
    if (problem === null && problemOf(sku) === null) {
      firstRowOf.set(sku, earlier ?? row);
      list.skus.push({ row, sku });
    }
    if (message !== null) list.issues.push({ row, message });
    else if ('cents' in read) list.rows.push({ row, sku, priceCents: read.cents });
  }
  const known = new Set(list.issues.map(({ row }) => row));
  const others = [...doubled].filter(([row]) => !known.has(row));
  return {
    rows: list.rows.filter(({ row }) => !doubled.has(row)),
    issues: [...list.issues, ...others.map(([row, message]) => ({ row, message }))].toSorted(
      (a, b) => a.row - b.row,
    ),
    skus: list.skus,
  };
}

function refused(row: number, message: string): PriceList {
  return { rows: [], issues: [{ row, message }], skus: [] };
}

/** Excel's first line, which names the separator and is no row. */
const SEP_LINE = /^"?sep=.?"?$/iu;

/** The rows with text in them, numbered as a spreadsheet does. */
function linesOf(text: string): { row: number; line: string }[] {
  const records = recordsOf(text.replace(/^\uFEFF/u, ''));
  const body = SEP_LINE.test(records[0]?.trim() ?? '') ? records.slice(1) : records;
  return body
    .map((line, index) => ({ row: index + 1, line }))
    .filter(({ line }) => /[^\s,;|]/u.test(line));
}

/** The names of the columns, where the first row has them: nobody calls a column 12.50, or DRY-101. */
function headingOf(line: string): string[] | null {
  const { cells } = splitPriceRow(line, Infinity);
  const [sku = '', price = ''] = cells;
  return sku !== '' && price !== '' && !/\d/u.test(sku + price) ? cells : null;
}

const WHICH_PRICE =
  'It is not clear which column has the price. Keep one column for the SKU and one that is called Price.';
const MORE_CELLS = 'This row has more cells than the heading. Put a price with a comma in quotes.';
const WHICH_CELL =
  'It is not clear which cell is the price. Put SKU and price in the first two columns.';

interface Columns {
  sku: number;
  price: number;
}

/** The first two columns, or those that the heading calls SKU and price; null = several may be the price. */
function columnsOf(heading: readonly string[] | null): Columns | null {
  const named = (name: RegExp) =>
    (heading ?? []).flatMap((cell, at) => (name.test(cell) ? [at] : []));
  const prices = named(/price/i);
  const [exact, ...others] = named(/^price$/i);
  const isOne = exact === undefined ? prices.length <= 1 : others.length === 0;
  const columns = { sku: named(/^sku$/i)[0] ?? 0, price: exact ?? prices[0] ?? 1 };
  return isOne && columns.sku !== columns.price ? columns : null;
}

/** SKU and price of a row; without a heading, blank cells may stand between the two. */
function pricedIn(
  cells: readonly string[],
  heading: readonly string[] | null,
  columns: Columns,
): { sku: string; price: string; problem?: string } {
  const [sku = '', price = ''] = [cells[columns.sku], cells[columns.price]];
  if (heading) {
    const last = heading.findLastIndex((cell) => cell !== '');
    const isLonger = cells.findLastIndex((cell) => cell !== '') > last;
    return { sku, price, ...(isLonger && { problem: MORE_CELLS }) };
  }
  const filled = cells.slice(1).filter((cell) => cell !== '');
  if (price !== '' || filled.length < 2) return { sku, price: price || (filled[0] ?? '') };
  return { sku, price, problem: WHICH_CELL };
}

function duplicate(sku: string, row: number): string {
  return `Duplicate SKU "${shorten(sku, SKU_MAX)}" also on row ${row}.`;
}

function problemOf(sku: string): string | null {
  if (sku === '') return 'SKU is required.';
  return isStorable(sku) ? null : UNSTORABLE;
}
