import { DurableObject } from 'cloudflare:workers';
import type { Id } from '#db/ids.ts';
import { DAY_MS } from '#src/lib/durations.ts';
import { type UtcMonth, utcMonthRange } from '#src/lib/utc-month.ts';
import {
  confirmedIds,
  confirmPlace,
  type Place,
  type Places,
  reconcilePlaces,
  releasePlace,
  reservePlace,
  SETTLED_AFTER_MS,
} from '#src/orders/order-places.ts';
import { readOrdersOfMonth } from '#src/orders/orders-of-month.ts';
import { jobContext } from '../job-context.ts';
import { logError } from '../log.ts';

/** Whose places an object hands out. */
type OrderMonth = { companyId: Id<'company'>; month: UtcMonth };

/** The plan as the database had it at `readAt` (Unix ms); `limit` in orders a month, null = without limit. */
type Plan = OrderMonth & { limit: number | null; readAt: number };

/**
 * The places for one company's orders of one month (UTC); the object is named `{companyId}:{yyyy-mm}`. A place is in
 * storage before its order is sent to the database, so that no race and no lost memory passes the plan's limit. A new
 * object, or one that has lost everything, starts from the orders the database has.
 *
 * A refusal is preceded by a look at the database, so an upgrade counts at once, and so does a place that a cancelled
 * order gave back: only the database says so. A downgrade counts within a day: without a limit nothing is kept here, and
 * the plan is read once a day.
 */
export class OrderPlaces extends DurableObject<Env> {
  #plan: Plan | undefined;
  readonly #places: Places & { clear(): void };
  #alarmAt = Infinity;
  /** The question the database is being asked, and the one that comes after it. */
  #asking: Promise<unknown> = Promise.resolve();
  #next: Promise<Plan> | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#plan = ctx.storage.kv.get<Plan>('plan');
    this.#places = storedPlaces(ctx.storage.kv);
  }

  /**
   * A place for the order, before it is placed; the same one however often it is asked for. Then call `confirm`, `release`,
   * or neither when nobody knows what became of the order.
   * @param now in Unix ms, by default on this object's own clock: one clock for every caller
   * @returns since when the place is held, for `release`, or null when there is none left; throws when the database has to be asked and does not answer
   */
  async reserve(of: OrderMonth, orderId: Id<'order'>, now = Date.now()): Promise<number | null> {
    const plan = this.#plan ?? (await this.#read(of, now));
    const since = this.#take(plan, orderId, now);
    if (since !== null) return since;
    return this.#take(await this.#read(of, now), orderId, now);
  }

  /** The database has the order. */
  confirm(orderId: Id<'order'>): void {
    if (this.#plan && this.#plan.limit !== null) confirmPlace(this.#places, orderId);
  }

  /** The database has certainly not written the order of one who reserved its place. */
  release(orderId: Id<'order'>, since: number): void {
    releasePlace(this.#places, orderId, since);
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = Infinity;
    const now = Date.now();
    if (!this.#plan) return;
    try {
      if (this.#hasPending() || this.#plan.readAt + DAY_MS <= now)
        await this.#read(this.#plan, now);
    } catch (error) {
      logError(error, { object: 'OrderPlaces', companyId: this.#plan.companyId });
      return this.#wakeBy(now + SETTLED_AFTER_MS);
    }
    const over = utcMonthRange(this.#plan.month).until.getTime();
    if (this.#hasPending()) return this.#wakeBy(now + SETTLED_AFTER_MS);
    if (now < over) return this.#wakeBy(Math.min(now + DAY_MS, over));
    this.#plan = undefined;
    this.#places.clear();
    await this.ctx.storage.deleteAll();
  }

  #take({ limit }: Plan, orderId: Id<'order'>, now: number): number | null {
    if (limit === null) return now;
    const taken = reservePlace(this.#places, limit, orderId, now);
    if (taken !== null && this.#hasPending()) this.#wakeBy(now + SETTLED_AFTER_MS);
    return taken;
  }

  #hasPending(): boolean {
    return this.#places.pending().length > 0;
  }

  /**
   * Puts what is held right by the database, which is asked one question at a time. Who comes while it is being asked
   * waits for the next one: an upgrade may lie between.
   */
  #read(of: OrderMonth, now: number): Promise<Plan> {
    this.#next ??= this.#asking
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        const asked = this.#ask(of, now);
        this.#asking = asked;
        return asked;
      });
    return this.#next;
  }

  async #ask({ companyId, month }: OrderMonth, now: number): Promise<Plan> {
    const known = confirmedIds(this.#places);
    const answer = await readOrdersOfMonth(jobContext(this.env), companyId, month, known.length);
    reconcilePlaces(this.#places, answer, known, now);
    const plan = { companyId, month, limit: answer.limit, readAt: now };
    this.ctx.storage.kv.put('plan', plan);
    this.#plan = plan;
    // Whatever alarm was set before this object lost its memory, this may take its place.
    this.#wakeBy(now + (this.#hasPending() ? SETTLED_AFTER_MS : DAY_MS));
    return plan;
  }

  /** At this moment (Unix ms) at the latest; storage keeps it with what was written before. */
  #wakeBy(at: number): void {
    if (at >= this.#alarmAt) return;
    this.#alarmAt = at;
    void this.ctx.storage.setAlarm(at);
  }
}

const KEY = 'place:';

/** All places in memory, and every change in storage before anybody is answered: the runtime holds the answer back. */
function storedPlaces(kv: SyncKvStorage): Places & { clear(): void } {
  const places = new Map<Id<'order'>, Place>();
  for (const [, place] of kv.list<Place>({ prefix: KEY })) places.set(place.orderId, place);
  return {
    get count() {
      return places.size;
    },
    find: (orderId) => places.get(orderId),
    put(place) {
      places.set(place.orderId, place);
      kv.put(KEY + place.orderId, place);
    },
    remove(orderId) {
      places.delete(orderId);
      kv.delete(KEY + orderId);
    },
    pending: () => [...places.values()].filter(({ confirmed }) => !confirmed),
    confirmed: () => [...places.values()].filter(({ confirmed }) => confirmed),
    clear: () => places.clear(),
  };
}
