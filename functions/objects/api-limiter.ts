import { DurableObject } from 'cloudflare:workers';
import type { Id } from '#db/ids.ts';
import { decide, record, type WindowDecision } from '#src/lib/sliding-window.ts';

const WINDOW_MS = 60_000;
const IDLE_MS = 3_600_000;
/** Requests a minute, until the database has named the company's own limit ("REST API", Limits). */
export const DEFAULT_LIMIT = 60;

/** What an answer's rate limit headers say. */
export type Quota = Pick<WindowDecision, 'accepted' | 'remaining' | 'resetAt' | 'retryAfter'> & {
  limit: number;
};

/** `companyId`: whose key it is; null = not known here yet. */
export type Take = Quota & { companyId: Id<'company'> | null };

/** Ordinal and moment of an accepted request. */
type Slot = [number, number];

/**
 * One API key's sliding minute; the object is named by the key's SHA-256, and made only for keys that exist (`ApiKeys`).
 * Requests are in storage before they are answered, so losing memory never widens the limit.
 *
 * Storage is `company`, `limit` and a ring of as many slots. When a request is accepted, the one `limit` places before it has
 * left the window, so overwriting that slot is all it takes: one small row, whatever the limit. The slots go after an
 * idle hour.
 */
export class ApiLimiter extends DurableObject<Env> {
  #limit: number;
  #companyId: Id<'company'> | null;
  #log: number[];
  /** The ordinal of the next request to be stored. */
  #next: number;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const slots = [...ctx.storage.kv.list<Slot>({ prefix: 'slot:' })].map(([, slot]) => slot);
    slots.sort(([a], [b]) => a - b);
    this.#log = slots.map(([, at]) => at);
    this.#next = (slots.at(-1)?.[0] ?? -1) + 1;
    this.#limit = ctx.storage.kv.get<number>('limit') ?? DEFAULT_LIMIT;
    this.#companyId = ctx.storage.kv.get<Id<'company'>>('company') ?? null;
  }

  /** Counts one request at `now` (Unix ms), by default on this object's own clock: one clock for every caller. */
  async take(now = Date.now()): Promise<Take> {
    const decision = decide(this.#log, this.#limit, WINDOW_MS, now);
    const { accepted, remaining, resetAt, retryAfter, at } = decision;
    record(this.#log, decision);
    const companyId = this.#companyId;
    const taken = { accepted, remaining, resetAt, retryAfter, limit: this.#limit, companyId };
    if (accepted) {
      // The first of each round of slots, and the first after an idle hour.
      const isFirst = this.#next % this.#limit === 0;
      this.#store(at);
      if (isFirst) await this.ctx.storage.setAlarm(at + IDLE_MS);
    }
    return taken;
  }

  /** The company and its limit as the database has them now, when they differ from those in `Take`. */
  learn(limit: number, companyId: Id<'company'> | null): void {
    if (limit !== this.#limit) this.#resize(limit);
    if (companyId && companyId !== this.#companyId) {
      this.ctx.storage.kv.put('company', companyId);
      this.#companyId = companyId;
    }
  }

  /**
   * Counts the first request of a key, which the database has accepted: only then there is a limiter for it. It is refused
   * only where `ApiKeys` has lost a key whose minute is full.
   */
  begin(limit: number, companyId: Id<'company'> | null, now?: number): Promise<Take> {
    this.learn(limit, companyId);
    return this.take(now);
  }

  override async alarm(): Promise<void> {
    const idleAt = (this.#log.at(-1) ?? 0) + IDLE_MS;
    if (Date.now() < idleAt) return this.ctx.storage.setAlarm(idleAt);
    this.#clearSlots();
    this.#log = [];
    this.#next = 0;
  }

  /** Gated by the runtime: the answer leaves once the row is durable. */
  #store(at: number): void {
    this.ctx.storage.kv.put<Slot>(`slot:${this.#next % this.#limit}`, [this.#next, at]);
    this.#next += 1;
  }

  #resize(limit: number): void {
    this.#clearSlots();
    this.ctx.storage.kv.put('limit', limit);
    this.#limit = limit;
    for (const at of this.#log) this.#store(at);
  }

  #clearSlots(): void {
    const { kv } = this.ctx.storage;
    const slots = Array.from(kv.list({ prefix: 'slot:' }), ([key]) => key);
    for (const slot of slots) kv.delete(slot);
  }
}
