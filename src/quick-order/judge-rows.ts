import type { Id } from '#db/ids.ts';
import { QUANTITY_MAX } from '../orders/schema.ts';

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
export interface NearProduct {
  id: Id<'product'>;
  name: string;
  sku: string | null;
}

export interface MatchedProduct extends NearProduct {
  unit: string;
  imageId: Id<'image'> | null;
  active: boolean;
  onHand: number;
  priceCents: number;
  listCents: number;
  /** Units in the person's cart already. */
  inCart: number;
}

/** What the database makes of a row. */
export interface RowMatch {
  product: MatchedProduct | null;
  /** The figure in the row was part of the name. */
  byWhole: boolean;
  nearest: NearProduct[];
}

/** Every row ends in exactly one of these ("Quick order"). */
export type RowState = 'ok' | 'short' | 'unknown' | 'inactive' | 'quantity';

export interface JudgedRow extends WantedRow {
  state: RowState;
  match: MatchedProduct | null;
  nearest: NearProduct[];
  /** Units; null = what was written is no quantity. */
  units: number | null;
  /** Of a short row: units left for it, after the cart and the rows before it. */
  left: number | null;
}

/**
 * Says of each row, in order, whether it can be ordered. The same product in several rows shares its stock, and what a cart
 * can hold: the rows that come first have it.
 */
export function judgeRows(
  rows: readonly WantedRow[],
  matches: ReadonlyMap<number, RowMatch>,
): JudgedRow[] {
  const taken = new Map<string, number>();
  return rows.map((row) => {
    const found = matches.get(row.row);
    const match = found?.product ?? null;
    const read = found?.byWhole ? { text: row.whole ?? row.text, quantity: '1' } : {};
    const wanted = { ...row, ...read, whole: null, product: match?.id ?? null };
    const units = unitsOf(wanted.quantity);
    const common = { ...wanted, match, units, nearest: found?.nearest ?? [], left: null };
    if (!match) return { ...common, state: 'unknown' };
    if (!match.active) return { ...common, state: 'inactive' };
    const before = match.inCart + (taken.get(match.id) ?? 0);
    if (units === null || before + units > QUANTITY_MAX) {
      return { ...common, units: null, state: 'quantity' };
    }
    if (before + units > match.onHand) {
      return { ...common, state: 'short', left: Math.max(0, match.onHand - before) };
    }
    taken.set(match.id, before - match.inCart + units);
    return { ...common, state: 'ok' };
  });
}

/** Nothing is guessed: `1.000,5` and `2.5` are no number of units. */
function unitsOf(quantity: string): number | null {
  const units = /^\d{1,15}$/.test(quantity.trim()) ? Number(quantity) : 0;
  return units >= 1 && units <= QUANTITY_MAX ? units : null;
}
