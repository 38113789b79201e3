/** Tells Excel that a file is UTF-8; belongs before the header line of a file people will open. */
export const UTF8_BOM = '\uFEFF';

const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const PROTECTED_FORMULA = /^''*[=+\-@\t\r\n＝＋－＠]/;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * Puts an apostrophe before a cell that a spreadsheet would run as a formula, and before one that already looks so
 * protected, which makes `unprotectCell` its exact inverse for every text. `'tis` and `O'Neill` are never touched.
 */
export function protectCell(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** Takes off the one apostrophe that `protectCell` put on; other cells stay as they are. */
export function unprotectCell(cell: string): string {
  return PROTECTED_FORMULA.test(cell) ? cell.slice(1) : cell;
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
