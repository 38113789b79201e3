import type { Id } from '#db/ids.ts';
import type { OrdersOfMonth } from './orders-of-month.ts';

/** What a store says that has no place left ("Monthly order limit"). */
export const LIMIT_REACHED = 'This store has reached its monthly order limit.';

/**
 * After this long the database has either written an order or never will: its statements end after 10 seconds
 * (db/sql/enter.sql), and the way there takes far less than the rest.
 */
export const SETTLED_AFTER_MS = 30_000;

/** One order's place among those a month has. */
export interface Place {
  orderId: Id<'order'>;
  /** When it was first asked for, in Unix ms: tells this place from an earlier one of the same order. */
  since: number;
  /** When it was last asked for, in Unix ms on the object's clock. */
  reservedAt: number;
  /** How many are placing this same order: one who presses twice, or tries again after a lost answer. */
  holders: number;
  /** The database has the order: nobody can give the place back. */
  confirmed: boolean;
}

/** The places of one company and month, wherever they are kept. */
export interface Places {
  readonly count: number;
  find(orderId: Id<'order'>): Place | undefined;
  put(place: Place): void;
  remove(orderId: Id<'order'>): void;
  /** Those not confirmed yet. */
  pending(): Place[];
  /** Those whose orders the database has. */
  confirmed(): Place[];
}

/** Takes a place for an order, or its own again: since when it is held, or null = there is none left. `now` in Unix ms. */
export function reservePlace(
  places: Places,
  limit: number,
  orderId: Id<'order'>,
  now: number,
): number | null {
  const place = places.find(orderId);
  if (place?.confirmed) return place.since;
  if (!place && places.count >= limit) return null;
  const since = place?.since ?? now;
  const holders = (place?.holders ?? 0) + 1;
  places.put({ orderId, since, reservedAt: now, holders, confirmed: false });
  return since;
}

/** The database has the order. */
export function confirmPlace(places: Places, orderId: Id<'order'>): void {
  if (places.find(orderId)?.confirmed) return;
  places.put({ orderId, since: 0, reservedAt: 0, holders: 0, confirmed: true });
}

/**
 * One who held the place knows that their order was not written. Who does not know must not say so. Said so late that the
 * place was free already and somebody else tries the order again, it is not about theirs.
 * @param since as `reservePlace` answered
 */
export function releasePlace(places: Places, orderId: Id<'order'>, since: number): void {
  const place = places.find(orderId);
  if (!place || place.confirmed || place.since !== since) return;
  if (place.holders <= 1) places.remove(orderId);
  else places.put({ ...place, holders: place.holders - 1 });
}

/** The orders that the database is known to have, before it is asked again. */
export function confirmedIds(places: Places): Id<'order'>[] {
  return places.confirmed().map(({ orderId }) => orderId);
}

/**
 * Puts what the database said to what is held. What came in while it answered stays. A place whose order the database
 * should have by now, and has not, is free again, and so is one whose order no longer counts (db/sql/order-places.sql).
 * @param known what `confirmedIds` answered when the question was sent
 * @param askedAt when that was, in Unix ms
 */
export function reconcilePlaces(
  places: Places,
  { limit, ids }: OrdersOfMonth,
  known: readonly Id<'order'>[],
  askedAt: number,
): void {
  for (const id of ids ?? []) confirmPlace(places, id);
  for (const { orderId, reservedAt } of places.pending()) {
    if (reservedAt + SETTLED_AFTER_MS <= askedAt) places.remove(orderId);
  }
  // Ids beyond the limit are left out of the answer, so only a shorter one names all orders that count.
  if (ids === null || limit === null || ids.length > limit) return;
  const counting = new Set(ids);
  for (const id of known) if (!counting.has(id)) places.remove(id);
}
