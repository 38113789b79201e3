import { DurableObject } from 'cloudflare:workers';
import { decide, record } from '#src/lib/sliding-window.ts';
import type { Quota } from './api-limiter.ts';

const WINDOW_MS = 60_000;

/**
 * One client address's sliding minute of API requests without a valid key; the object is named by the address.
 * In memory only: such requests leave no durable trace, and an address that is forgotten starts afresh.
 */
export class AddressLimiter extends DurableObject<Env> {
  readonly #log: number[] = [];

  /** Counts one request against `limit` a minute; `now` in Unix ms, by default this object's own clock. */
  take(limit: number, now = Date.now()): Quota & { takenAt: number } {
    const decision = decide(this.#log, limit, WINDOW_MS, now);
    const { accepted, remaining, resetAt, retryAfter, at: takenAt } = decision;
    record(this.#log, decision);
    return { accepted, remaining, resetAt, retryAfter, limit, takenAt };
  }

  /** The request taken at `takenAt` showed a valid key after all. */
  giveBack(takenAt: number): void {
    const index = this.#log.indexOf(takenAt);
    if (index >= 0) this.#log.splice(index, 1);
  }
}
