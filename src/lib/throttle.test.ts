import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LOGIN_LIMITS,
  attemptInWindow,
  attemptLocked,
  parseLoginLimits,
  type LockState,
} from './throttle.ts';

const MINUTE = 60_000;
const rule = LOGIN_LIMITS.account;

/** Attempts at each moment, all of them wrong. */
function attemptAt(moments: readonly number[]) {
  let state: LockState | undefined;
  return moments.map((now) => {
    const attempt = attemptLocked(rule, state, now);
    state = attempt.state;
    return attempt;
  });
}

describe('one account from one address', () => {
  it('allows five failures and locks for a minute', () => {
    const attempts = attemptAt([0, 1, 2, 3, 4, 5]);
    expect(attempts.map((attempt) => attempt.allowed)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(attempts.at(-1)?.retryAfter).toBe(60);
  });

  it('doubles the lock with each further failure, to fifteen minutes', () => {
    let state: LockState | undefined = { failures: 4, lastAt: 0, lockedUntil: 0 };
    let now = 0;
    const locks: number[] = [];
    for (let n = 0; n < 7; n += 1) {
      state = attemptLocked(rule, state, now).state;
      locks.push((state.lockedUntil - now) / MINUTE);
      now = state.lockedUntil;
    }
    expect(locks).toEqual([1, 2, 4, 8, 15, 15, 15]);
  });

  it('does not lengthen the lock for refused attempts, and forgets after an hour', () => {
    const [state] = attemptAt([0, 0, 0, 0, 0, 30_000, 59_999]).slice(-1);
    expect(state).toMatchObject({ allowed: false, retryAfter: 1 });
    expect(attemptLocked(rule, state?.state, 60 * MINUTE).state.failures).toBe(1);
  });

  it('lets a guesser through fifteen times in any hour at most, however the attempts fall', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 * MINUTE }), { maxLength: 150 }), (gaps) => {
        let now = 0;
        const moments = gaps.map((gap) => (now += gap));
        const attempts = attemptAt(moments);
        const allowed = moments.filter((_, n) => attempts[n]?.allowed);
        for (const from of allowed) {
          const inHour = allowed.filter((at) => at >= from && at < from + 60 * MINUTE);
          expect(inHour.length).toBeLessThanOrEqual(15);
        }
      }),
    );
  });
});

describe('one address', () => {
  it('allows fifty failures in fifteen minutes', () => {
    let state: readonly number[] = [];
    for (let n = 0; n < 50; n += 1) {
      const attempt = attemptInWindow(LOGIN_LIMITS.address, state, n);
      expect(attempt.allowed).toBe(true);
      state = attempt.state;
    }
    expect(attemptInWindow(LOGIN_LIMITS.address, state, MINUTE)).toMatchObject({
      allowed: false,
      retryAfter: 14 * 60,
    });
    expect(attemptInWindow(LOGIN_LIMITS.address, state, 15 * MINUTE).allowed).toBe(true);
  });
});

describe('parseLoginLimits', () => {
  it('overrides single numbers', () => {
    expect(parseLoginLimits()).toEqual(LOGIN_LIMITS);
    expect(parseLoginLimits('{"address":{"failures":1000}}')).toEqual({
      ...LOGIN_LIMITS,
      address: { ...LOGIN_LIMITS.address, failures: 1000 },
    });
  });

  it('refuses what would switch the throttle off', () => {
    expect(() => parseLoginLimits('{"account":{"failures":0}}')).toThrow('positive whole numbers');
    expect(() => parseLoginLimits('{"account":{"lockMs":"x"}}')).toThrow('positive whole numbers');
    expect(() => parseLoginLimits('{"account":{"forgetMs":1}}')).toThrow('forgetMs');
  });
});
