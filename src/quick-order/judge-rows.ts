import type { Id } from '#db/ids.ts';
import type { CartUnits } from '../cart/cart-units.ts';
import type { OfferedProduct } from '../catalog/store-price.ts';
import { readQuantity } from '../orders/read-quantity.ts';
import { QUANTITY_MAX } from '../orders/schema.ts';
import { withoutUnit } from './figure.ts';

/** A row of a quick order, as typed or as corrected. */
export interface WantedRow {
  row: number;
  text: string;
  quantity: string;
  whole: string | null;
  /** Chosen already, from the nearest matches or by an earlier look. */
  product: Id<'product'> | null;
}

/** A product a row may mean. */
export type NearProduct = Pick<OfferedProduct, 'id' | 'name' | 'sku'>;

/** What the database makes of a row. */
export interface RowMatch {
  product: OfferedProduct | null;
  /** The figure in the row was part of the name. */
  byWhole: boolean;
  nearest: NearProduct[];
}

/** Every row ends in exactly one of these ("Quick order"). */
type RowState = 'ok' | 'short' | 'unknown' | 'inactive' | 'quantity';

export interface JudgedRow extends WantedRow {
  state: RowState;
  match: OfferedProduct | null;
  nearest: NearProduct[];
  /** Units; null = what was written is no quantity. */
  units: number | null;
  /** Of a short row: units left for it, after the cart and the rows before it. */
  left: number | null;
}

/** Rows, and the cart they were judged against. */
export interface JudgedRows {
  rows: JudgedRow[];
  cart: CartUnits;
}

/**
 * Says of each row, in order, whether it can be ordered. The same product in several rows shares its stock, and what a cart
 * can hold: the rows that come first have it.
 */
export function judgeRows(
  rows: readonly WantedRow[],
  matches: ReadonlyMap<number, RowMatch>,
  cart: CartUnits,
): JudgedRow[] {
  const together = new Map(cart);
  return rows.map((row) => {
    const found = matches.get(row.row);
    const match = found?.product ?? null;
    const read = found?.byWhole ? { text: row.whole ?? row.text, quantity: '1' } : {};
    const wanted = { ...row, ...read, whole: null, product: match?.id ?? null };
    const units = unitsOf(wanted.quantity, match?.unit ?? '');
    const quantity = units === null ? wanted.quantity : String(units);
    const common = { ...wanted, quantity, match, units, nearest: found?.nearest ?? [], left: null };
    if (!match) return { ...common, state: 'unknown' };
    if (!match.active) return { ...common, state: 'inactive' };
    const before = together.get(match.id) ?? 0;
    if (units === null || before + units > QUANTITY_MAX) {
      return { ...common, units: null, state: 'quantity' };
    }
    if (before + units > match.onHand) {
      return { ...common, state: 'short', left: Math.max(0, match.onHand - before) };
    }
    together.set(match.id, before + units);
    return { ...common, state: 'ok' };
  });
}

/** Units, with a unit of measure only where the product is sold in it; null = no whole number, or several. */
function unitsOf(quantity: string, unit: string): number | null {
  const read = readQuantity(withoutUnit(quantity, unit));
  return 'problem' in read ? null : read.units;
}
