import { decodeText } from './csv-decode.ts';
import type { TextEncodingName } from './csv-decode.ts';
import type { CellError, CsvRow } from './csv-dialect.ts';
import {
  MAX_CELL_CHARACTERS,
  MAX_COLUMNS,
  detectDialect,
  isBlankRow,
  parseCells,
} from './csv-dialect.ts';
import { unprotectCell } from './csv-format.ts';
import { formatNumber } from './format-number.ts';
import { shorten } from './shorten.ts';

/** A sentence about one row, counted as a spreadsheet shows it: from 1, header and blank rows included. */
export interface RowMessage {
  row: number;
  message: string;
}

/** A parsed file. `problems` are rows that cannot be read as cells (ragged, bad quotes); they stay in `rows`. */
export interface ParsedCsv {
  headerRow: number;
  headers: string[];
  /** At most as many as asked for. */
  rows: CsvRow[];
  /** How many cells the header has, though they may be too many to read. */
  columnCount: number;
  /** How many data rows the file has, blank ones not counted. */
  rowCount: number;
  delimiter: string;
  encoding: TextEncodingName;
  problems: RowMessage[];
  /** Those of the problems that leave nothing of a row to be read. */
  unreadable: ReadonlyMap<number, string>;
}

/**
 * Reads a CSV file as people have it: any encoding of `decodeText`, delimited by comma, semicolon, tab or bar, with
 * any mix of newlines. Never throws. The first row with text in it is the header; rows with none are left out but
 * counted, a quoted line break starts no row, and a `sep=` line is not a row. Undoes the protection of `csvLine`.
 * @param maxRows data rows to keep; the others are only counted
 */
export function parseCsv(bytes: Uint8Array, maxRows = Infinity): ParsedCsv {
  const { text, encoding } = decodeText(bytes);
  const { body, delimiter } = detectDialect(text);
  const { rows: filled, count, columns, errors } = parseCells(body, delimiter, maxRows + 1);
  for (const { cells } of filled) unprotectCells(cells);
  const [header = { row: 1, cells: [] }, ...rows] = filled;

  const problems = new Map<number, string>();
  for (const row of rows) {
    const problem = raggedness(row.cells, header.cells);
    if (problem) problems.set(row.row, problem);
  }
  const unreadable = new Map(errors.map(({ row, reason }) => [row, REASONS[reason]]));
  for (const [row, message] of unreadable) problems.set(row, message);
  return {
    headerRow: header.row,
    headers: header.cells.map(displayable),
    rows,
    columnCount: columns,
    rowCount: Math.max(0, count - 1),
    unreadable,
    delimiter,
    encoding,
    problems: [...problems]
      .map(([row, message]) => ({ row, message }))
      .toSorted((a, b) => a.row - b.row),
  };
}

function unprotectCells(cells: string[]): void {
  for (const [index, cell] of cells.entries()) cells[index] = unprotectCell(cell);
}

const HEADER_CHARACTERS = 200;

/** Headers are shown and stored with the preview, so they must be text that can be. */
function displayable(header: string): string {
  const text = header.replaceAll('\0', '\uFFFD').replaceAll('\uFEFF', '').toWellFormed().trim();
  return shorten(text, HEADER_CHARACTERS);
}

/** Blank cells beyond the header lose nothing; too few cells would clear values nobody meant to clear. */
function raggedness(cells: readonly string[], header: readonly string[]): string | null {
  const needed = header.findLastIndex((name) => name.trim() !== '') + 1;
  if (cells.length >= needed && isBlankRow(cells.slice(header.length))) return null;
  return `Row has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, the header has ${needed}.`;
}

const REASONS = {
  quotes:
    'Quotes do not match: close every quoted cell with ", and write a " inside it twice ("").',
  long: `Row has a cell of more than ${formatNumber(MAX_CELL_CHARACTERS)} characters, or more than twice as many in all.`,
  wide: `Row has more than ${MAX_COLUMNS} cells.`,
} as const satisfies Record<CellError['reason'], string>;
