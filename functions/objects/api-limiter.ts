import { DurableObject } from 'cloudflare:workers';
import type { Id } from '#db/ids.ts';
import { decide, record, type WindowDecision } from '#src/lib/sliding-window.ts';

const WINDOW_MS = 60_000;
const IDLE_MS = 3_600_000;
/** How long the others wait for a probe whose Worker never came back. */
const PROBE_MS = 10_000;
/** Requests a minute, until the database has named the company's own limit ("REST API", Limits). */
export const DEFAULT_LIMIT = 60;

/** What an answer's rate limit headers say. */
export type Quota = Pick<WindowDecision, 'accepted' | 'remaining' | 'resetAt' | 'retryAfter'> & {
  limit: number;
};

/**
 * `known`: counted for good. `probe`: this object has never heard of the key, so ask the database, then call
 * `confirm`, `deny` or `abandon`. `unknown`: the database has just refused the key.
 */
export type Take = Quota & {
  key: 'known' | 'probe' | 'unknown';
  takenAt: number;
  /** Whose key it is; null = not known here yet. */
  companyId: Id<'company'> | null;
};

type Outcome = 'confirmed' | 'denied' | 'abandoned';
/** Ordinal and moment of an accepted request. */
type Slot = [number, number];
type Probe = PromiseWithResolvers<Outcome> & { timer: ReturnType<typeof setTimeout> };

/**
 * One API key's sliding minute; the object is named by the key's SHA-256. Requests of a key the database has accepted
 * are in storage before they are answered, so losing memory never widens the limit. An unproven key writes nothing,
 * and only one of its requests at a time asks the database: the others wait for that answer.
 *
 * Storage is `company`, `limit` and a ring of as many slots. When a request is accepted, the one `limit` places before it has
 * left the window, so overwriting that slot is all it takes: one small row, whatever the limit.
 */
export class ApiLimiter extends DurableObject<Env> {
  #limit = DEFAULT_LIMIT;
  #companyId: Id<'company'> | null = null;
  #known = false;
  #log: number[] = [];
  /** The ordinal of the next request to be stored. */
  #next = 0;
  #probe: Probe | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const limit = ctx.storage.kv.get<number>('limit');
    if (limit === undefined) return;
    const slots = [...ctx.storage.kv.list<Slot>({ prefix: 'slot:' })].map(([, slot]) => slot);
    slots.sort(([a], [b]) => a - b);
    this.#log = slots.map(([, at]) => at);
    this.#next = (slots.at(-1)?.[0] ?? -1) + 1;
    this.#limit = limit;
    this.#companyId = ctx.storage.kv.get<Id<'company'>>('company') ?? null;
    this.#known = true;
  }

  /** Counts one request at `now` (Unix ms), by default on this object's own clock: one clock for every caller. */
  async take(now?: number): Promise<Take> {
    while (!this.#known && this.#probe) {
      if ((await this.#probe.promise) === 'denied') return this.#take('unknown', now);
    }
    const taken = this.#take(this.#known ? 'known' : 'probe', now);
    if (taken.key === 'probe' && taken.accepted) this.#openProbe();
    return taken;
  }

  /**
   * The database accepted the key of the probe taken at `takenAt`; `limit` is its company's requests a minute.
   * and `companyId` whose key it is, where the answer said so. Not `accepted` only if memory was lost meanwhile and others have filled the minute.
   */
  async confirm(
    takenAt: number,
    limit: number,
    companyId: Id<'company'> | null = null,
  ): Promise<Quota> {
    const index = this.#log.lastIndexOf(takenAt);
    if (index >= 0) this.#log.splice(index, 1);
    this.#known = true;
    if (companyId) this.#keepCompany(companyId);
    this.#resize(limit);
    const quota = this.#take('known', takenAt);
    await this.ctx.storage.setAlarm(takenAt + IDLE_MS);
    this.#settle('confirmed');
    return quota;
  }

  /** The database refused the probe's key: whoever waited is refused with it. */
  deny(): void {
    this.#settle('denied');
  }

  /** The database did not answer the probe: the next request asks again. */
  abandon(): void {
    this.#settle('abandoned');
  }

  /** The company and its limit as the database has them now, when they differ from those in `Take`. */
  learn(limit: number, companyId: Id<'company'>): void {
    if (!this.#known) return;
    if (limit !== this.#limit) this.#resize(limit);
    if (companyId !== this.#companyId) this.#keepCompany(companyId);
  }

  override async alarm(): Promise<void> {
    const idleAt = (this.#log.at(-1) ?? 0) + IDLE_MS;
    if (Date.now() < idleAt) return this.ctx.storage.setAlarm(idleAt);
    await this.ctx.storage.deleteAll();
    this.#known = false;
    this.#companyId = null;
    this.#limit = DEFAULT_LIMIT;
  }

  #take(key: Take['key'], now = Date.now()): Take {
    const decision = decide(this.#log, this.#limit, WINDOW_MS, now);
    const { accepted, remaining, resetAt, retryAfter, at: takenAt } = decision;
    record(this.#log, decision);
    if (accepted && key === 'known') this.#store(takenAt);
    return {
      accepted,
      remaining,
      resetAt,
      retryAfter,
      limit: this.#limit,
      key,
      takenAt,
      companyId: this.#companyId,
    };
  }

  /** Gated by the runtime: the answer leaves once the row is durable. */
  #store(at: number): void {
    this.ctx.storage.kv.put<Slot>(`slot:${this.#next % this.#limit}`, [this.#next, at]);
    this.#next += 1;
  }

  #keepCompany(companyId: Id<'company'>): void {
    this.ctx.storage.kv.put('company', companyId);
    this.#companyId = companyId;
  }

  #resize(limit: number): void {
    const { kv } = this.ctx.storage;
    const slots = Array.from(kv.list({ prefix: 'slot:' }), ([key]) => key);
    for (const slot of slots) kv.delete(slot);
    kv.put('limit', limit);
    this.#limit = limit;
    for (const at of this.#log) this.#store(at);
  }

  #openProbe(): void {
    const timer = setTimeout(() => this.#settle('abandoned'), PROBE_MS);
    this.#probe = { ...Promise.withResolvers<Outcome>(), timer };
  }

  #settle(outcome: Outcome): void {
    if (this.#probe) clearTimeout(this.#probe.timer);
    this.#probe?.resolve(outcome);
    this.#probe = undefined;
  }
}
