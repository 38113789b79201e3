import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoff } from './backoff.ts';

describe('backoff', () => {
  it('doubles its ceiling with each attempt, up to the cap', () => {
    const longest = (attempts: number) => backoff(attempts, { random: () => 0.999_999 });
    expect([1, 2, 3, 4, 8, 9, 50].map(longest)).toEqual([5, 10, 20, 40, 640, 900, 900]);
  });

  it('never waits less than a second', () => {
    expect(backoff(1, { random: () => 0 })).toBe(1);
  });

  it('stays a whole number of seconds within its bounds', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempts, r) => {
        const seconds = backoff(attempts, { random: () => r });
        expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 900).toBe(true);
      }),
    );
  });
});
