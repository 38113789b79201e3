import { csvRecords } from '../lib/csv-records.ts';
import { unprotectCell } from '../lib/csv-format.ts';
import { cellsOf } from '../quick-order/split-rows.ts';

/** A row's cells, or why they cannot be told apart. */
type SplitRow = { cells: string[]; problem: string | null };

const QUOTES = 'Quotes do not match: close every cell that starts with a quote.';
const COMMA =
  'The comma in this price also separates cells. Put the price in quotes, or a tab between SKU and price.';
const BLANK = 'Put a tab between SKU and price, so that it is clear where the price starts.';

/** A price behind the last blank of a row without a separator: `DRY-101 $19`. */
const PRICE_LAST = /^(.*[^\s\p{Sc}]) ((?:\p{Sc} ?)?[.,]*\d[\d.,]*(?: ?\p{Sc})?)$/u;
const THOUSANDS_LAST = / \d{1,3}(?: \d{3})+(?:\.\d*)?$/u;
/** Looking for a price behind a blank takes time that grows with the square of the length. */
const LONGEST = 300;
const FIGURE = /^\d+(?:\.\d*)?$/;

/**
 * The cells of one row of a price list, by the separator that it has itself: a tab before a semicolon, a bar, a comma and
 * a blank.
 * @param columns how many the list's heading names; 0 = there is none
 */
export function splitPriceRow(line: string, columns: number): SplitRow {
  const split = (problem: string | null, cells: string[]): SplitRow => ({
    cells: cells.map(unprotectCell),
    problem,
  });
  const cells = cellsOf(line);
  const isTorn = [',', ';', '\t', '|'].every((delimiter) => hasLooseQuotes(line, delimiter));
  if (isTorn) return split(QUOTES, cells);
  const [only = '', ...others] = cells;
  if (others.length === 0) {
    const price = only.length <= LONGEST ? PRICE_LAST.exec(only) : null;
    if (!price) return split(null, cells);
    return split(THOUSANDS_LAST.test(only) ? BLANK : null, [price[1] ?? '', price[2] ?? '']);
  }
  const isCommas = !/[\t;|]/u.test(line.replaceAll(/"[^"]*"/gu, ''));
  const [price = '', next = ''] = others;
  const isPriceInPieces = columns < 3 && isCommas && /\d$/u.test(price) && FIGURE.test(next);
  return split(isPriceInPieces ? COMMA : null, cells);
}

function hasLooseQuotes(line: string, delimiter: string): boolean {
  const [record] = csvRecords(line, delimiter);
  return record !== undefined && (record.isOpen || record.strayQuotes > 0);
}
