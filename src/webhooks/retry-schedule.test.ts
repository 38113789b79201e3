import { describe, expect, it } from 'vitest';
import { WAITS, nextTry } from './retry-schedule.ts';

const DAY = 86_400;
const none = { retryAfter: null };
const middle = () => 0.5;

/** When each try of an endpoint that never answers well is made, in seconds from the first. */
function triesOver(days: number, random: () => number): number[] {
  const start = Date.UTC(2026, 10, 21);
  const made: number[] = [0];
  let next = nextTry(1, none, new Date(start), random);
  for (let clock = 0; clock <= days * DAY; clock += 1) {
    if (next === null || clock < (made.at(-1) ?? 0) + next) continue;
    made.push(clock);
    next = nextTry(made.length, none, new Date(start + clock * 1000), random);
  }
  return made;
}

describe('the schedule of tries', () => {
  it('makes eleven in three days and then no more, however long one watches', () => {
    const made = triesOver(5, middle);
    expect(made).toHaveLength(WAITS.length + 1);
    expect(made.slice(1).map((at, index) => at - (made[index] ?? 0))).toEqual([...WAITS]);
    expect((made.at(-1) ?? 0) / DAY).toBeCloseTo(3, 1);
    expect(nextTry(WAITS.length + 1, none, new Date(), middle)).toBeNull();
  });

  it('waits a fifth less or more, and never again together', () => {
    const draws = [0, 0.1, 0.25, 0.5, 0.75, 0.999_999];
    for (const [index, wait] of WAITS.entries()) {
      const waits = draws.map((draw) => nextTry(index + 1, none, new Date(), () => draw) ?? 0);
      expect(new Set(waits).size).toBe(draws.length);
      expect(Math.min(...waits)).toBeCloseTo(wait * 0.8, 6);
      expect(Math.max(...waits)).toBeLessThanOrEqual(wait * 1.2);
    }
    for (const random of [() => 0, () => 0.999_999]) {
      const last = triesOver(5, random).at(-1) ?? 0;
      expect(last / DAY).toBeGreaterThan(2.3);
      expect(last / DAY).toBeLessThan(3.7);
    }
  });
});

describe('Retry-After', () => {
  const now = new Date('2026-11-21T12:00:00.000Z');
  it.each([
    ['seconds', '7200', 7200],
    ['a date', 'Sat, 21 Nov 2026 13:00:00 GMT', 3600],
    ['a day at most', '1000000', DAY],
    ['a date in a year', 'Sun, 21 Nov 2027 12:00:00 GMT', DAY],
    ['digits without an end', '9'.repeat(400), DAY],
    ['sooner than the schedule', '1', 5],
    ['a date gone by', 'Sat, 21 Nov 2020 13:00:00 GMT', 5],
    ['nonsense', 'soon', 5],
    ['less than nothing', '-5', 5],
    ['nothing', '', 5],
  ])('that says %s', (_, retryAfter, expected) => {
    expect(nextTry(1, { retryAfter }, now, middle)).toBe(expected);
  });
});
