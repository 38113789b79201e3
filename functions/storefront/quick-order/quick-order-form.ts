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
import { AppError } from '#src/lib/errors.ts';
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
  /** Why the chosen file cannot be read; null = it can, or there is none. */
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

/** Reads either form: rows as text or as a file, or rows one by one, without those that are left out. */
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
      problem: null,
      typed: '',
      seen: readSeenCart(body['seen']),
    };
  }
  const { file } = body;
  const typed = textOf(body['rows']);
  const bytes = file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
  if (isExcelFile(bytes)) {
    return { rows: [], leftOut: [], heading: null, problem: EXCEL_FILE, typed, seen: null };
  }
  const uploaded = decodeText(bytes).text;
  if (uploaded.length > ROWS_TEXT_MAX) {
    throw new AppError('too_large', 'This file is longer than 1,000 rows are. Split it.');
  }
  const { rows, leftOut, heading } = uploaded.trim() === '' ? readRows(typed) : readFile(uploaded);
  return { rows: rows.map(chosenLater), leftOut, heading, problem: null, typed, seen: null };
}

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
