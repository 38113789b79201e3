import { DurableObject } from 'cloudflare:workers';
import { WindowLogs } from '#src/lib/window-logs.ts';
import type { Quota } from './api-limiter.ts';

const WINDOW_MS = 60_000;
/** As many are remembered by each, with at most 300 moments of theirs: together less than 80 MB. */
const ADDRESSES_MAX = 512;

/**
 * Sliding minutes of API requests without a valid key, by client address; the object is named by the shard its addresses
 * are in. In memory only: such requests leave no durable trace, and an address that is forgotten starts afresh.
 */
export class AddressLimiter extends DurableObject<Env> {
  readonly #logs = new WindowLogs(WINDOW_MS, ADDRESSES_MAX);

  /** Counts one request of an address against `limit` a minute; `now` in Unix ms, by default this object's own clock. */
  take(address: string, limit: number, now = Date.now()): Quota & { takenAt: number } {
    const { accepted, remaining, resetAt, retryAfter, at } = this.#logs.take(address, limit, now);
    return { accepted, remaining, resetAt, retryAfter, limit, takenAt: at };
  }

  /** The address's request taken at `takenAt` showed a valid key after all. */
  giveBack(address: string, takenAt: number): void {
    this.#logs.giveBack(address, takenAt);
  }
}
