import type { Context } from 'hono';
import type { Id } from '#db/ids.ts';
import { AppError, Replayed } from '#src/lib/errors.ts';
import { parse } from '#src/lib/parse.ts';
import { utcMonth } from '#src/lib/utc-month.ts';
import type { OrderDraft } from '#src/orders/order-draft.ts';
import { LIMIT_REACHED } from '#src/orders/order-places.ts';
import { expectUnanswered, placeOrder, type PlaceOrderResult } from '#src/orders/place-order.ts';
import { OrderInput } from '#src/orders/schema.ts';
import { checkApiKey } from '#src/tenant.ts';
import type { AppEnv } from '../app-env.ts';
import { logInfo } from '../log.ts';

/**
 * Places an order that counts towards the company's month ("Monthly order limit"): takes a place in the month's object, places
 * the order in one round trip, and tells the object what became of it. Of an outcome nobody knows the object is told
 * nothing: it asks the database itself.
 * @throws Replayed when an earlier request with its Idempotency-Key has placed the order
 * @throws AppError plan_limit when there is no place left, and all that placeOrder throws
 */
export async function placeOrderInMonth(
  c: Context<AppEnv>,
  raw: unknown,
  draft?: OrderDraft,
): Promise<PlaceOrderResult> {
  const { ctx } = c.var;
  const input = parse(OrderInput, raw);
  const companyId = await companyOf(c);
  const month = utcMonth(ctx.now);
  const places = () => c.env.ORDER_PLACES.getByName(`${companyId}:${month}`);
  const reserve = () => places().reserve({ companyId, month }, input.id);
  const since = await reserve().catch((error: unknown) => onceMore(error, reserve));
  if (since === null) {
    // What was answered before is answered again, whoever has taken the last place since.
    if (ctx.guard?.once) await expectUnanswered(ctx);
    throw new AppError('plan_limit', LIMIT_REACHED);
  }
  const tell = (what: 'confirm' | 'release') => {
    const object = places();
    const told = Promise.resolve(
      what === 'confirm' ? object.confirm(input.id) : object.release(input.id, since),
    );
    // Lost, it is no harm: the object finds out by its alarm.
    c.executionCtx.waitUntil(told.catch((error: unknown) => logInfo('place not told', { error })));
  };
  try {
    const result = await placeOrder(ctx, input, draft);
    // Submitted again after the month's end, the order has its place in the month it was placed in.
    tell(result.ok && utcMonth(result.createdAt) === month ? 'confirm' : 'release');
    return result;
  } catch (error) {
    // What was placed before has its place, unless it was under another id: then this one is not needed.
    if (error instanceof Replayed) tell(isOrder(error.answer, input.id) ? 'confirm' : 'release');
    // The database's own refusal, with everything undone; anything else may have been written all the same.
    if (error instanceof AppError) tell('release');
    throw error;
  }
}

const isOrder = (answer: unknown, id: Id<'order'>) => (answer as { id: unknown }).id === id;

/** Objects are moved and restarted at any time; those who ask them may ask a new one at once. */
function onceMore<T>(error: unknown, ask: () => Promise<T>): Promise<T> {
  const { retryable, overloaded } = error as { retryable?: boolean; overloaded?: boolean };
  if (!retryable || overloaded) throw error;
  return ask();
}

/**
 * Whose month it is, which has to be known before the order's batch: the session's cookie says, or the key's limiter. Of a
 * key the limiter has not heard of for an hour the database is asked: one more round trip.
 */
async function companyOf(c: Context<AppEnv>): Promise<Id<'company'>> {
  const { ctx } = c.var;
  if (ctx.entry.kind === 'staff') return ctx.entry.companyId;
  const companyId = c.get('companyId');
  if (companyId) return companyId;
  await checkApiKey(ctx, 'orders:write');
  if (!ctx.api) throw new Error('The company is known only after the check.');
  return ctx.api.companyId;
}
