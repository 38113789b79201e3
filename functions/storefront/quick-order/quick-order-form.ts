import { isId } from '#db/ids.ts';
import type { CartUnits } from '#src/cart/cart-units.ts';
import type { WantedRow } from '#src/quick-order/judge-rows.ts';
import {
  CELL_MAX,
  type LeftOutRow,
  type OrderRow,
  readFile,
  readRows,
  ROWS_TEXT_MAX,
} from '#src/quick-order/read-rows.ts';
import { decodeText } from '#src/lib/csv-decode.ts';
import { EXCEL_FILE, isExcelFile } from '#src/lib/excel-file.ts';
import { readFoldedRows } from './folded-rows.ts';
import { readSeenCart } from './seen-cart.ts';

type Body = Readonly<Record<string, unknown>>;

/** What was typed, pasted or uploaded, and what of it names columns; or rows that were corrected. */
interface QuickOrder {
  rows: WantedRow[];
  /** Rows of a sheet that name no quantity. */
  leftOut: readonly LeftOutRow[];
  heading: string | null;
  /** The file, and the number of its first row: what was typed comes before it. */
  file: { name: string; from: number } | null;
  /** What is wrong with the file. */
  problem: string | null;
  /** What was typed, for the same form again. */
  typed: string;
  /** The cart as the page showed it; null = it did not. */
  seen: CartUnits | null;
}

/** The fields of one row in the form of rows to correct. */
export const rowFields = (row: number) => ({
  text: `text-${row}`,
  quantity: `quantity-${row}`,
  product: `product-${row}`,
  leave: `leave-${row}`,
});

/** Reads either form: rows as text and then those of a file, or rows one by one, without those that are left out. */
export async function readQuickOrder(body: Body): Promise<QuickOrder> {
  const numbers = Object.keys(body).flatMap((name) => /^text-(\d{1,6})$/.exec(name)?.[1] ?? []);
  if (numbers.length > 0) {
    const rows = [
      ...numbers.flatMap((row) => corrected(body, Number(row))),
      ...readFoldedRows(body['folded']),
    ];
    return {
      rows: rows.toSorted((a, b) => a.row - b.row),
      leftOut: [],
      heading: null,
      file: null,
      problem: null,
      typed: '',
      seen: readSeenCart(body['seen']),
    };
  }
  const typed = textOf(body['rows']);
  const listed = readRows(typed);
  const nothingRead = { file: null, problem: null, typed, seen: null };
  const { file } = body;
  if (!(file instanceof File) || file.size === 0) {
    return { ...nothingRead, ...listed, rows: listed.rows.map(chosenLater) };
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { text } = decodeText(bytes);
  const problem = isExcelFile(bytes) ? EXCEL_FILE : text.length > ROWS_TEXT_MAX ? TOO_LONG : null;
  if (problem) return { ...nothingRead, rows: [], leftOut: [], heading: null, problem };
  const uploaded = readFile(text);
  const before = Math.max(listed.rows.at(-1)?.row ?? 0, listed.leftOut.at(-1)?.row ?? 0);
  const behind = <Row extends { row: number }>(row: Row): Row => ({
    ...row,
    row: before + row.row,
  });
  const headings = [listed.heading, uploaded.heading].filter((heading) => heading !== null);
  return {
    ...nothingRead,
    rows: [...listed.rows, ...uploaded.rows.map(behind)].map(chosenLater),
    leftOut: [...listed.leftOut, ...uploaded.leftOut.map(behind)],
    heading: headings.join('; ') || null,
    file: { name: file.name, from: before + 1 },
  };
}

const TOO_LONG = 'This file has more than 1,000 rows. Split it.';

const chosenLater = (row: OrderRow): WantedRow => ({ ...row, product: null });

function corrected(body: Body, row: number): WantedRow[] {
  const names = rowFields(row);
  if (body[names.leave] !== undefined) return [];
  const product = textOf(body[names.product]);
  // The row's own button takes what is left.
  const taken = /^(\d{1,6}):(\d{1,6})$/.exec(textOf(body['take']));
  const quantity = Number(taken?.[1]) === row ? taken?.[2] : textOf(body[names.quantity]).trim();
  return [
    {
      row,
      text: textOf(body[names.text]).trim().slice(0, CELL_MAX).toWellFormed(),
      quantity: (quantity ?? '').slice(0, CELL_MAX).toWellFormed(),
      whole: null,
      product: isId('product', product) ? product : null,
    },
  ];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
