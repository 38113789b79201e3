/** Tells Excel that a file is UTF-8; belongs before the header line of a file people will open. */
export const UTF8_BOM = '\uFEFF';

const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const PROTECTED_FORMULA = /^''*[=+\-@\t\r\n＝＋－＠]/;
/**
 * Where a program whose delimiter is `;` or a tab would begin another cell: in a cell that is not the first of its line it
 * takes no quote for one, so that a line break ends the line as well.
 */
const INNER_FORMULA = /(?<=[;\t\r\n])(?=['"]*[=+\-@＝＋－＠])/g;
const INNER_PROTECTED = /(?<=[;\t\r\n])'(?=['"]*[=+\-@＝＋－＠])/g;
const NEEDS_QUOTES = /[",;\t|\r\n]|^\s|\s$/;

/**
 * Puts an apostrophe before a cell that a spreadsheet would run as a formula, before what would be one if the cell fell
 * apart at `;`, tabs and line breaks, and before what already looks so protected, which makes `unprotectCell` its exact
 * inverse for every text. `'tis` and `O'Neill` are never touched.
 */
export function protectCell(cell: string): string {
  const safe = cell.replace(INNER_FORMULA, "'");
  return FORMULA.test(safe) ? `'${safe}` : safe;
}

/** Takes off the apostrophes that `protectCell` put on; other cells stay as they are. */
export function unprotectCell(cell: string): string {
  const plain = PROTECTED_FORMULA.test(cell) ? cell.slice(1) : cell;
  return plain.replace(INNER_PROTECTED, '');
}

/** One RFC 4180 line with its CRLF, protected against formula injection in a way that `parseCsv` reverses. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(formatCell).join(',')}\r\n`;
}

/** A whole CSV text: the header line, then a line a row. For streams send `csvLine`s. */
export function formatCsv(headers: readonly string[], rows: Iterable<readonly string[]>): string {
  let text = csvLine(headers);
  for (const row of rows) text += csvLine(row);
  return text;
}

function formatCell(cell: string): string {
  const safe = protectCell(cell);
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
