import { keepLasting, listIn, readLasting } from '../storage/own-storage.ts';

/** A quantity of a product that the cart shall have, as it was typed, and when (ms since 1970). */
type Entry = { quantity: string; at: number };

/** By product. Quantities are absolute: an entry may be sent any number of times. */
export type Entries = ReadonlyMap<string, Entry>;

export const OUTBOX = 'outbox';
/** As many products as a cart holds. */
const ENTRIES_MAX = 500;
/** As long as a customer stays signed in. */
const KEPT_MS = 7 * 24 * 3_600_000;

/** What the server has not confirmed yet, in the order in which it was first changed. */
export function waiting(): Map<string, Entry> {
  const oldest = Date.now() - KEPT_MS;
  return new Map(stored().filter(([, { at }]) => at > oldest));
}

const stored = () => listIn(readLasting(OUTBOX), isEntry);

function isEntry(pair: unknown): pair is [string, Entry] {
  const [product, entry] = Array.isArray(pair) ? (pair as [unknown, Partial<Entry> | null]) : [];
  return (
    typeof product === 'string' &&
    typeof entry?.quantity === 'string' &&
    typeof entry.at === 'number'
  );
}

function keep(entries: Entries): void {
  keepLasting(OUTBOX, entries.size > 0 ? JSON.stringify([...entries]) : null);
}

/** Puts a quantity in, instead of the one that waits for the same product. */
export function put(product: string, quantity: string): void {
  const entries = waiting();
  if (entries.size >= ENTRIES_MAX && !entries.has(product)) return;
  keep(entries.set(product, { quantity, at: Date.now() }));
}

/** Takes out what waits for a product. */
export function drop(product: string): void {
  const entries = waiting();
  if (entries.delete(product)) keep(entries);
}

/** What the server has confirmed to this page, by product. */
export const confirmed = new Map<string, string>();

/** Takes out what the server has confirmed, and leaves what was typed since. */
export function confirm(sent: Entries): void {
  const entries = waiting();
  for (const [product, { quantity, at }] of sent) {
    confirmed.set(product, quantity);
    const now = entries.get(product);
    if (now?.quantity === quantity && now.at === at) entries.delete(product);
  }
  keep(entries);
}
