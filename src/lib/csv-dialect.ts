import Papa from 'papaparse';
import { type CsvRecord, csvRecords } from './csv-records.ts';

const DELIMITERS = [',', ';', '\t', '|'];
const SAMPLE_CHARACTERS = 64 * 1024;
const SAMPLE_ROWS = 50;

export interface CsvRow {
  /** As a spreadsheet numbers it: from 1, blank rows included. */
  row: number;
  cells: string[];
}

/** What stops the cells of a row from being read. */
export interface CellError {
  row: number;
  reason: 'quotes' | 'long' | 'wide';
}

/** The rows with text in them, at most `keep` of them; `count` is how many there are. */
interface CellRows {
  /** Of a row that cannot be read there is one cell, or what could be made of its quotes. */
  rows: CsvRow[];
  count: number;
  /** Cells of the first row, read or not. */
  columns: number;
  errors: CellError[];
}

/** Beyond this a page could not show the columns to choose from. */
export const MAX_COLUMNS = 200;
export const MAX_CELL_CHARACTERS = 32_768;
const MAX_ROW_CHARACTERS = 2 * MAX_CELL_CHARACTERS;
const MAX_STRAY_QUOTES = 100;
/** The parser looks ahead at each cell and quote, so that its time grows with the square of what it is given. */
const BATCH_CHARACTERS = 32_768;

/** The cells of CSV text in one delimiter. */
export function parseCells(text: string, delimiter: string, keep: number): CellRows {
  const read: CellRows = { rows: [], count: 0, columns: 0, errors: [] };
  let batch: CsvRecord[] = [];
  let characters = 0;
  const flush = () => {
    const lines = batch.map(({ start, end }) => text.slice(start, end));
    const cells = parseLines(lines, delimiter);
    for (const [index, { row }] of batch.entries())
      read.rows.push({ row, cells: cells[index] ?? [] });
    batch = [];
    characters = 0;
  };
  for (const record of csvRecords(text, delimiter)) {
    read.count++;
    if (read.count === 1) read.columns = record.cells;
    if (read.count > keep) continue;
    const { row, start, end } = record;
    const reason = unreadable(record);
    if (reason) {
      flush();
      read.errors.push({ row, reason });
      read.rows.push({ row, cells: unreadableCells(text.slice(start, end), delimiter, record) });
      continue;
    }
    batch.push(record);
    characters += end - start;
    if (characters > BATCH_CHARACTERS) flush();
  }
  flush();
  return read;
}

function unreadable(record: CsvRecord): CellError['reason'] | null {
  if (record.strayQuotes > 0 || record.isOpen) return 'quotes';
  if (record.cells > MAX_COLUMNS) return 'wide';
  return isLong(record) ? 'long' : null;
}

function isLong({ longestCell, start, end }: CsvRecord): boolean {
  return longestCell > MAX_CELL_CHARACTERS || end - start > MAX_ROW_CHARACTERS;
}

/** A few stray quotes leave something to show; a row made of them costs more than it is worth. */
function unreadableCells(line: string, delimiter: string, record: CsvRecord): string[] {
  const isHopeless =
    isLong(record) || record.cells > MAX_COLUMNS || record.strayQuotes > MAX_STRAY_QUOTES;
  return isHopeless ? [''] : (parseLines([line], delimiter)[0] ?? []);
}

/** Each line is a row; a newline in it is in quotes. */
function parseLines(lines: readonly string[], delimiter: string): string[][] {
  if (lines.length === 0) return [];
  // The last newline lets a quote with blanks behind it end its cell there, too.
  const text = `${lines.join('\n')}\n`;
  return Papa.parse<string[]>(text, { delimiter, newline: '\n', fastMode: false }).data;
}

/** Whether a spreadsheet would show nothing in the row. */
export function isBlankRow(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** Excel's `sep=;` first line, which a spreadsheet obeys and does not show. */
const SEP_LINE = /^"?sep=([^\w\s"]|\t)"?(?:\r\n?|\n|$)/i;

/**
 * Splits off a `sep=` line and names the delimiter: the one it says, else the one that divides the header row and
 * fits the most rows below it. A header no delimiter divides is one column.
 */
export function detectDialect(text: string): { body: string; delimiter: string } {
  const sep = SEP_LINE.exec(text);
  if (sep?.[1]) return { body: text.slice(sep[0].length), delimiter: sep[1] };

  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const truncated = sample.length < text.length;
  let best = { delimiter: ',', dividesHeader: false, fit: -1, columns: 0 };
  for (const delimiter of DELIMITERS) {
    const rows: number[] = [];
    for (const { cells } of csvRecords(sample, delimiter)) {
      if (rows.push(cells) > SAMPLE_ROWS) break;
    }
    if (truncated && rows.length <= SAMPLE_ROWS && rows.length > 1) rows.pop();
    const [columns = 0, ...others] = rows.slice(0, SAMPLE_ROWS);
    const fitting = others.filter((cells) => cells === columns).length;
    const candidate = {
      delimiter,
      dividesHeader: columns > 1,
      fit: others.length ? fitting / others.length : 1,
      columns,
    };
    if (isBetter(candidate, best)) best = candidate;
  }
  return { body: text, delimiter: best.delimiter };
}

interface Candidate {
  dividesHeader: boolean;
  fit: number;
  columns: number;
}

function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.dividesHeader !== b.dividesHeader) return a.dividesHeader;
  return a.fit === b.fit ? a.dividesHeader && a.columns > b.columns : a.fit > b.fit;
}
