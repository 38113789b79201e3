import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, record } from './sliding-window.ts';

const WINDOW = 60_000;
const START = 1_790_000_000_000;

describe('decide', () => {
  it('accepts up to the limit and refuses the next', () => {
    const log: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      const decision = decide(log, 3, WINDOW, START + n * 1000);
      expect(decision).toMatchObject({ accepted: true, remaining: 2 - n, retryAfter: 0 });
      record(log, decision);
    }
    expect(decide(log, 3, WINDOW, START + 3000)).toMatchObject({
      accepted: false,
      remaining: 0,
      retryAfter: 57,
      resetAt: START / 1000 + 60,
    });
  });

  it('frees one place exactly when the oldest leaves', () => {
    const full = [START, START + 500];
    expect(decide(full, 2, WINDOW, START + WINDOW - 1).accepted).toBe(false);
    expect(decide(full, 2, WINDOW, START + WINDOW)).toMatchObject({ accepted: true, remaining: 0 });
  });

  it('rounds the reset and the wait up to whole seconds', () => {
    const decision = decide([START + 1], 1, WINDOW, START + 2);
    expect(decision.resetAt).toBe(START / 1000 + 61);
    expect(decision.retryAfter).toBe(60);
  });

  it('waits for as many as a lowered limit needs', () => {
    const decision = decide([START, START + 10_000, START + 20_000], 1, WINDOW, START + 20_000);
    expect(decision).toMatchObject({ accepted: false, remaining: 0, retryAfter: 60 });
    expect(decision.resetAt).toBe(START / 1000 + 60);
  });

  it('does not open early when the clock steps back', () => {
    expect(decide([START], 1, WINDOW, START - 3_600_000)).toMatchObject({
      accepted: false,
      retryAfter: 60,
    });
  });

  it('never accepts more than the limit in any window and never refuses below it', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 20 }), (steps, limit) => {
        const accepted: number[] = [];
        const log: number[] = [];
        let now = START;
        for (const step of steps) {
          now += step;
          const inside = accepted.filter((moment) => now - moment < WINDOW).length;
          const decision = decide(log, limit, WINDOW, now);
          expect(decision.accepted).toBe(inside < limit);
          expect(decision.remaining).toBe(limit - inside - (decision.accepted ? 1 : 0));
          if (decision.accepted) accepted.push(now);
          else {
            const later = now + decision.retryAfter * 1000;
            expect(decide(log, limit, WINDOW, later).accepted).toBe(true);
            expect(decide(log, limit, WINDOW, later - 1000).accepted).toBe(false);
          }
          record(log, decision);
        }
        for (const from of accepted) {
          const span = accepted.filter((moment) => moment >= from && moment < from + WINDOW);
          expect(span.length).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });
});
