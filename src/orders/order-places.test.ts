import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Id, newId } from '#db/ids.ts';
import {
  confirmedIds,
  confirmPlace,
  type Place,
  type Places,
  reconcilePlaces,
  releasePlace,
  reservePlace,
  SETTLED_AFTER_MS,
} from './order-places.ts';

const NOW = Date.UTC(2026, 10, 21);
const [one, two, three] = [newId('order'), newId('order'), newId('order')] as const;

function places(): Places {
  const rows = new Map<Id<'order'>, Place>();
  return {
    get count() {
      return rows.size;
    },
    find: (id) => rows.get(id),
    put: (place) => void rows.set(place.orderId, place),
    remove: (id) => void rows.delete(id),
    pending: () => [...rows.values()].filter(({ confirmed }) => !confirmed),
    confirmed: () => [...rows.values()].filter(({ confirmed }) => confirmed),
  };
}

const reserve = (...of: Parameters<typeof reservePlace>) => reservePlace(...of) !== null;
const confirmedCount = (held: Places) => confirmedIds(held).length;
const reconcile = (held: Places, ids: Id<'order'>[] | null, now: number) =>
  reconcilePlaces(held, { limit: 9, ids }, confirmedIds(held), now);
const release = (held: Places, id: Id<'order'>) =>
  releasePlace(held, id, held.find(id)?.since ?? NOW);

describe('places', () => {
  it('are handed out up to the limit, one an order', () => {
    const held = places();
    const take = (id: Id<'order'>) => reserve(held, 2, id, NOW);
    expect([one, one, two, three, one].map(take)).toEqual([true, true, true, false, true]);
    expect(held.count).toBe(2);
    expect(reserve(held, 3, three, NOW)).toBe(true);
  });

  it('are free again once nobody holds them, and never once they are confirmed', () => {
    const held = places();
    reserve(held, 1, one, NOW);
    reserve(held, 1, one, NOW);
    release(held, one);
    expect(reserve(held, 1, two, NOW)).toBe(false);
    release(held, one);
    release(held, one);
    expect(reserve(held, 1, two, NOW)).toBe(true);
    confirmPlace(held, two);
    release(held, two);
    expect(held.count).toBe(1);
    expect(confirmedCount(held)).toBe(1);
    expect(reserve(held, 1, two, NOW)).toBe(true);
  });

  it('of which nobody knows what became wait until the database must have settled it', () => {
    const held = places();
    reserve(held, 9, one, NOW);
    reserve(held, 9, two, NOW);
    reserve(held, 9, three, NOW + 1);
    reconcile(held, [one], NOW + SETTLED_AFTER_MS - 1);
    expect([held.count, confirmedCount(held)]).toEqual([3, 1]);
    reconcile(held, null, NOW + SETTLED_AFTER_MS);
    expect([held.count, confirmedCount(held)]).toEqual([2, 1]);
    expect(held.find(three)).toMatchObject({ confirmed: false });
    reserve(held, 9, three, NOW + SETTLED_AFTER_MS);
    reconcile(held, null, NOW + SETTLED_AFTER_MS + 1);
    expect(held.find(three)).toMatchObject({ holders: 2 });
  });
});

describe('a place given back', () => {
  it('is free once the database no longer counts its order, and only then', () => {
    const held = places();
    for (const id of [one, two]) confirmPlace(held, id);
    reconcile(held, null, NOW);
    expect(held.count).toBe(2);
    reconcile(held, [two], NOW);
    expect(confirmedIds(held)).toEqual([two]);
  });

  it('is never that of an order confirmed while the database answered, or of one beyond a full answer', () => {
    const held = places();
    confirmPlace(held, one);
    const known = confirmedIds(held);
    confirmPlace(held, two);
    reconcilePlaces(held, { limit: 9, ids: [one] }, known, NOW);
    expect(confirmedIds(held)).toEqual([one, two]);
    reconcilePlaces(held, { limit: 1, ids: [two, three] }, confirmedIds(held), NOW);
    expect(confirmedIds(held)).toEqual([one, two, three]);
  });
});

/**
 * Buyers, their Workers and the object in any order. Each attempt reserves, reaches the database after a while or never,
 * and hears of it or never; meanwhile the object loses what it has, asks the database, and hears the answer late.
 */
describe('in any order of events', () => {
  const EVENTS = {
    begin: 9,
    arrive: 4,
    refuse: 3,
    cancel: 2,
    hear: 4,
    vanish: 1,
    ask: 2,
    answer: 2,
    forget: 1,
  };
  const names = Object.keys(EVENTS) as (keyof typeof EVENTS)[];
  const step = fc.record({
    event: fc.constantFrom(...names.flatMap((name) => Array<typeof name>(EVENTS[name]).fill(name))),
    which: fc.nat(30),
    pause: fc.constantFrom(0, 0, 500, 11_000),
  });
  const LIMIT = 2;
  const IDS = Array.from({ length: 4 }, () => newId('order'));

  it('never passes the limit, and in the end holds as many places as orders count', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 40 }), (steps) => {
        /** Which orders were written, and which of them still count. */
        const database = new Set<Id<'order'>>();
        const counting = new Set<Id<'order'>>();
        let held = places();
        let now = NOW;
        /** Reserved, but the database has not heard of it; or done, but the object has not. */
        let sent: { id: Id<'order'>; at: number; since: number }[] = [];
        let done: { id: Id<'order'>; written: boolean; since: number }[] = [];
        let asked: { ids: Id<'order'>[] | null; known: Id<'order'>[]; at: number } | undefined;
        const ask = () => {
          const known = confirmedIds(held);
          const ids = [...counting].slice(0, LIMIT + 1);
          const isNews = ids.length !== Math.min(known.length, LIMIT + 1);
          return { ids: isNews ? ids : null, known, at: now };
        };
        const answer = () => {
          if (asked) reconcilePlaces(held, { limit: LIMIT, ids: asked.ids }, asked.known, asked.at);
          asked = undefined;
        };
        for (const { event, which, pause } of steps) {
          now += pause;
          // What has been on its way for so long was ended by its timeout.
          sent = sent.filter(({ at }) => now - at < SETTLED_AFTER_MS);
          const id = IDS[which % IDS.length] ?? one;
          const query = sent[which % (sent.length || 1)];
          const result = done[which % (done.length || 1)];
          if (event === 'begin') {
            const since = reservePlace(held, LIMIT, id, now);
            if (since !== null) sent.push({ id, at: now, since });
          }
          if ((event === 'arrive' || event === 'refuse') && query) {
            sent = sent.filter((other) => other !== query);
            const isNew = event === 'arrive' && !database.has(query.id);
            const written = isNew || database.has(query.id);
            if (isNew) {
              database.add(query.id);
              counting.add(query.id);
            }
            done.push({ id: query.id, written, since: query.since });
          }
          if ((event === 'hear' || event === 'vanish') && result) {
            done = done.filter((other) => other !== result);
            if (event === 'hear' && result.written) confirmPlace(held, result.id);
            if (event === 'hear' && !result.written) releasePlace(held, result.id, result.since);
          }
          // A stranger's order, whose place is given back.
          if (event === 'cancel') counting.delete(id);
          if (event === 'ask') asked = ask();
          if (event === 'answer') answer();
          if (event === 'forget' && sent.length === 0) {
            // An object that lost even its storage is filled before it hands anything out. What was on its way to it is lost.
            held = places();
            done = [];
            asked = ask();
            answer();
          }
          if (counting.size > LIMIT) throw new Error('The limit was passed.');
        }
        now += SETTLED_AFTER_MS;
        asked = ask();
        answer();
        expect(held.count).toBe(counting.size);
      }),
      { numRuns: 10_000 },
    );
  });
});
