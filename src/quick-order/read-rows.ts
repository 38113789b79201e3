import { shorten } from '../lib/shorten.ts';
import { isCountedUnit, isMeasure, isSeveral } from '../lib/trade-units.ts';
import { figureIn } from './figure.ts';
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

/** A row of an order sheet that has no quantity, as it was written. */
export type LeftOutRow = Pick<OrderRow, 'row' | 'text'>;

interface ReadRows {
  rows: OrderRow[];
  /** Rows whose quantity is blank or 0 where others have one: they are not ordered, and shown as such. */
  leftOut: LeftOutRow[];
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

const TIMES_FIRST = /^(?=\S*\d)(\S+)\s*[x×*]\s+(\S.*)$/iu;
const TIMES_LAST = /^(.*\S)\s+[x×*]\s*(?=\S*\d)(\S+)$/iu;
const UNIT_FIRST = /^(\d{1,5})\s*(\p{L}+\.?)\s+(of\s+)?(\S.*)$/iu;
const UNIT_LAST = /^(.*\S)\s+(\d{1,5}\s*(\p{L}+\.?))$/u;
const FIGURE_FIRST = /^(\d{1,5})\s+(\S.*)$/u;
const FIGURE_LAST = /^(.*\S)\s+([\d.,]*\d)$/u;

/**
 * Reads rows as people have them: `SKU<tab>3`, `SKU; 3`, `"SKU", 3`, `3 x SKU`, `SKU x 3`, `SKU 3`, `2 cases SKU`, `- SKU: 3`
 * or `SKU` alone, which is one. Every row that is not blank becomes an `OrderRow` or is left out, in order; nothing is
 * guessed about figures like `1.000,5`. Without a heading a row's first cell is the product, and its last one that could be
 * a quantity is that.
 */
export function readRows(text: string): ReadRows {
  return read(linesOf(withoutMark(text)));
}

/** Reads an uploaded file in the same way; a quoted cell of it may have line breaks. */
export function readFile(text: string): ReadRows {
  return read(recordsOf(withoutMark(text)));
}

const withoutMark = (text: string) => text.replace(/^\uFEFF/u, '');

interface Line {
  row: number;
  line: string;
  cells: string[];
}

function read(texts: readonly string[]): ReadRows {
  const lines = texts
    .map((line, index): Line => ({ row: index + 1, line, cells: cellsOf(line) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const columns = lines[0] ? detectHeading(lines[0].cells) : null;
  const heading = columns ? joined(lines[0]?.cells ?? []) : null;
  const data = columns ? lines.slice(1) : lines;
  const sheetColumn = columns ? null : quantityColumn(data);
  const found: ReadRows = { rows: [], leftOut: [], heading };
  for (const line of data) {
    const { row, cells } = line;
    const isLeftOut = columns
      ? columns.hasQuantity && isNone(cells[columns.quantity])
      : sheetColumn !== null && isNoneOfSheet(line, sheetColumn);
    if (isLeftOut) found.leftOut.push({ row, text: joined(cells) });
    else if (found.rows.length >= QUICK_ORDER_MAX_ROWS) found.rows.push({ row, ...asRow('', '') });
    else found.rows.push({ row, ...readCells(cells, columns, line.line) });
  }
  return found;
}

const joined = (cells: readonly string[]) =>
  shorten(cells.filter((cell) => cell !== '').join(', '), CELL_MAX);

/** Nothing, a dash and 0 all say on an order sheet that none is wanted. */
const isNone = (cell = '') => /^(?:0*|[-–—])$/u.test(cell);

const isSheetRow = ({ line, cells }: Line) => cells.length > 1 && line.includes('\t');
const isFigure = (cell: string) => figureIn(cell) !== null;

/**
 * The column that has the quantities, counted from 0, of rows that are pasted from a sheet: most of them have tabs. null =
 * there is none.
 */
function quantityColumn(lines: readonly Line[]): number | null {
  const sheet = lines.filter(isSheetRow);
  if (sheet.length * 2 <= lines.length) return null;
  const places = sheet.map(({ cells }) =>
    cells.findLastIndex((cell) => !isNone(cell) && isFigure(cell)),
  );
  const last = places.reduce((most, place) => Math.max(most, place), 0);
  return last > 0 ? last : null;
}

/** Whether a row has nothing in the column of the quantities; one that ends before it may have its own further left. */
function isNoneOfSheet(line: Line, column: number): boolean {
  if (!isSheetRow(line)) return false;
  const [, ...others] = line.cells;
  return line.cells.length > column
    ? isNone(line.cells[column]) && others.every((cell, at) => at + 1 <= column || cell === '')
    : !others.some((cell) => !isNone(cell) && isFigure(cell)) && !isFigure(line.cells[0] ?? '');
}

type Read = Omit<OrderRow, 'row'>;

function readCells(cells: string[], columns: Columns | null, line: string): Read {
  if (columns) {
    return asRow(cells[columns.product] ?? '', cells[columns.quantity] ?? '');
  }
  const filled = cells.filter((cell) => cell !== '');
  const [first = '', ...rest] = filled;
  if (rest.length === 0) return cells.length > 1 ? asRow(first, '') : readWords(first);
  const last = rest.at(-1) ?? '';
  if (isFigure(first) && rest.length === 1 && !/\d/u.test(last)) return asRow(last, first);
  // Whoever divides by tabs means columns; a comma may be part of a name.
  if (/[\t;|]/u.test(line)) return asRow(first, last);
  // A figure with a comma in it falls into pieces where commas divide.
  const pieces = rest.join(',');
  if (line.includes(',') && rest.length > 1 && /^[\d.,\s]+$/u.test(pieces))
    return asRow(first, pieces);
  if (/\d/u.test(last)) return asRow(first, last);
  return { ...readWords(filled.join(', ')), whole: null };
}

const BULLET = /^[-–—•*·▪◦‣]\s+/u;
/** Small numbers as a message spells them out. */
const WORDS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const WORD_FIRST = /^(\p{L}+)\s+(\S.*)$/u;

function readWords(words: string): Read {
  if (words.length > CELL_MAX) return asRow(words, '');
  const line = words.replace(BULLET, '');
  const first = TIMES_FIRST.exec(line);
  // A SKU may have digits, too: of `DRY-101 x 3` the figure is the quantity.
  const isCountFirst = figureIn(first?.[1] ?? '') !== null || !/^\d+$/u.test(first?.[2] ?? '');
  if (first && isCountFirst) return asRow(first[2] ?? '', first[1] ?? '');
  const last = TIMES_LAST.exec(line);
  if (last) return asRow(last[1] ?? '', last[2] ?? '');
  const united = readUnits(line);
  if (united) return { ...united, whole: line };
  const behind = FIGURE_LAST.exec(line);
  if (behind) return { ...asRow(behind[1] ?? '', behind[2] ?? ''), whole: line };
  const before = FIGURE_FIRST.exec(line);
  if (before) return { ...asRow(before[2] ?? '', before[1] ?? ''), whole: line };
  const [, word = '', name = ''] = WORD_FIRST.exec(line) ?? [];
  const number = WORDS.indexOf(word.toLowerCase()) + 1;
  if (number > 0)
    return { ...(readUnits(`${number} ${name}`) ?? asRow(name, `${number}`)), whole: line };
  return asRow(line, '');
}

/** `2 cases tomatoes`, `tomatoes 2 cs`, `10 lb beef`; the two together are a quantity that has to be checked. */
function readUnits(line: string): Read | null {
  const [, figure = '', unit = '', of = '', name = ''] = UNIT_FIRST.exec(line) ?? [];
  const isFirst = isSeveral(unit) || isMeasure(unit) || (of !== '' && isCountedUnit(unit));
  const [, text = '', quantity = '', unitLast = ''] = UNIT_LAST.exec(isFirst ? name : line) ?? [];
  const isLast = isCountedUnit(unitLast);
  if (isFirst && isLast) return asRow(text, `${figure} ${unit}, ${quantity}`);
  if (isFirst) return asRow(name, `${figure} ${unit}`);
  return isLast ? asRow(text, quantity) : null;
}

/** A quantity that is not given is one; a colon or dash before it is no part of the name. */
function asRow(text: string, quantity: string): Read {
  const typed = kept(quantity);
  return {
    text: kept(text.replace(BULLET, '').replace(/\s*[:=]$|\s+[-–—]$/u, '')),
    quantity: figureIn(typed) ?? (typed === '' ? '1' : typed),
    whole: null,
  };
}

const kept = (cell: string) =>
  cell.length > CELL_MAX ? cell.slice(0, CELL_MAX).toWellFormed() : cell;
