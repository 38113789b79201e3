import { shorten } from '../lib/shorten.ts';
import { detectHeading, type Columns } from './heading.ts';
import { cellsOf, linesOf, recordsOf } from './split-rows.ts';

/** A row somebody typed, pasted or uploaded: which product they mean, and how much of it. */
export interface OrderRow {
  /** As a spreadsheet numbers it: from 1, blank rows included. */
  row: number;
  /** A SKU, or words. */
  text: string;
  /** As written; it may be no quantity at all. */
  quantity: string;
  /** The row as a whole, where `ABC 3` may as well be a name with a number in it; null = it cannot. */
  whole: string | null;
}

interface ReadRows {
  rows: OrderRow[];
  /** The first row, where it names columns; shown, as it orders nothing. */
  heading: string | null;
}

/** Rows that are looked up at once; those behind are counted, and not read. */
export const QUICK_ORDER_MAX_ROWS = 1000;
/** Characters of all rows together. */
export const ROWS_TEXT_MAX = 200_000;
/**
 * Characters that are kept of a cell: no product has a longer name. Name and quantity in one cell are told apart in time
 * that grows with the square of its length.
 */
export const CELL_MAX = 300;

/** Units and multiplication signs round a figure: `3x`, `x 3`, `3 ×`, `3 pcs`. */
const FIGURE = /^(?:[x×*]\s*)?(\d{1,15})(?:\s*(?:[x×*]|pcs?\.?|ea\.?))?$/iu;
const TIMES_FIRST = /^(?=\S*\d)(\S+)\s*[x×*]\s+(\S.*)$/iu;
const TIMES_LAST = /^(.*\S)\s+[x×*]\s*(?=\S*\d)(\S+)$/iu;
const FIGURE_FIRST = /^(\d{1,5})\s+(\S.*)$/u;
const FIGURE_LAST = /^(.*\S)\s+([\d.,]*\d)$/u;

/**
 * Reads rows as people have them: `SKU<tab>3`, `SKU; 3`, `"SKU", 3`, `3 x SKU`, `SKU x 3`, `SKU 3` or `SKU` alone, which is
 * one. Every row that is not blank becomes one `OrderRow`, in order; nothing is guessed about figures like `1.000,5`.
 * Without a heading a row's first cell is the product, and its last one that could be a quantity is that.
 */
export function readRows(text: string): ReadRows {
  return read(linesOf(withoutMark(text)));
}

/** Reads an uploaded file in the same way; a quoted cell of it may have line breaks. */
export function readFile(text: string): ReadRows {
  return read(recordsOf(withoutMark(text)));
}

const withoutMark = (text: string) => text.replace(/^\uFEFF/u, '');

function read(lines: readonly string[]): ReadRows {
  const rows: OrderRow[] = [];
  let heading: string | null = null;
  let columns: Columns | null = null;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    if (rows.length >= QUICK_ORDER_MAX_ROWS) {
      rows.push({ row: index + 1, ...row('', '') });
      continue;
    }
    const cells = cellsOf(line);
    if (cells.every((cell) => cell === '')) continue;
    columns ??= rows.length === 0 && heading === null ? detectHeading(cells) : null;
    if (columns && heading === null) {
      heading = shorten(cells.filter((cell) => cell !== '').join(', '), CELL_MAX);
      continue;
    }
    rows.push({ row: index + 1, ...readCells(cells, columns, line) });
  }
  return { rows, heading };
}

type Read = Omit<OrderRow, 'row'>;

function readCells(cells: string[], columns: Columns | null, line: string): Read {
  if (columns) {
    return row(cells[columns.product] ?? '', cells[columns.quantity] ?? '');
  }
  const filled = cells.filter((cell) => cell !== '');
  const [first = '', ...rest] = filled;
  if (rest.length === 0) return cells.length > 1 ? row(first, '') : readWords(first);
  const last = rest.at(-1) ?? '';
  if (FIGURE.test(first) && rest.length === 1 && !/\d/u.test(last)) return row(last, first);
  // Whoever divides by tabs means columns; a comma may be part of a name.
  if (/[\t;|]/u.test(line)) return row(first, last);
  // A figure with a comma in it falls into pieces where commas divide.
  const joined = rest.join(',');
  if (line.includes(',') && rest.length > 1 && /^[\d.,\s]+$/u.test(joined))
    return row(first, joined);
  if (/\d/u.test(last)) return row(first, last);
  return { ...readWords(filled.join(', ')), whole: null };
}

function readWords(words: string): Read {
  if (words.length > CELL_MAX) return row(words, '');
  const first = TIMES_FIRST.exec(words);
  if (first) return row(first[2] ?? '', first[1] ?? '');
  const last = TIMES_LAST.exec(words);
  if (last) return row(last[1] ?? '', last[2] ?? '');
  const behind = FIGURE_LAST.exec(words);
  if (behind) return { ...row(behind[1] ?? '', behind[2] ?? ''), whole: words };
  const before = FIGURE_FIRST.exec(words);
  if (before) return { ...row(before[2] ?? '', before[1] ?? ''), whole: words };
  return row(words, '');
}

/** A quantity that is not given is one. */
function row(text: string, quantity: string): Read {
  const typed = kept(quantity);
  return {
    text: kept(text),
    quantity: FIGURE.exec(typed)?.[1] ?? (typed === '' ? '1' : typed),
    whole: null,
  };
}

const kept = (cell: string) =>
  cell.length > CELL_MAX ? cell.slice(0, CELL_MAX).toWellFormed() : cell;
