import type { Context } from 'hono';
import { type Id, idOfText, newId } from '#db/ids.ts';
import { fromSnapshot } from '#src/lib/snapshot.ts';
import type { OrderWithLines } from '#src/orders/order-out.ts';
import { type OrderRequest, refusedRequest, requestedOrder } from '#src/orders/order-request.ts';
import { guarded } from '../api/v1/guarded.ts';
import type { AppEnv } from '../app-env.ts';
import { placeOrderInMonth } from './place-order-in-month.ts';

/**
 * Places the order an API request asks for, once for each `Idempotency-Key`.
 * @throws AppError not_found (customer, product), rule (customer blocked, products inactive or short), plan_limit, conflict
 *   (still running)
 */
export async function placeApiOrder(
  c: Context<AppEnv>,
  request: OrderRequest,
): Promise<OrderWithLines> {
  const id = await orderId(c);
  const place = async () => {
    const result = await placeOrderInMonth(c, requestedOrder(request, id));
    if (!result.ok) throw refusedRequest(request, result.lines);
    if (!result.order) throw new Error('The database did not say what was ordered.');
    return result.order;
  };
  return guarded(c, { kind: 'order', id }, place, fromSnapshot<OrderWithLines>);
}

/**
 * Identical submits are one order to the month's object, too, so together they take one place. A key is known for 24
 * hours, so what the same request means tomorrow is another order.
 */
async function orderId(c: Context<AppEnv>): Promise<Id<'order'>> {
  const { entry, now } = c.var.ctx;
  const key = c.req.header('Idempotency-Key');
  if (key === undefined || entry.kind !== 'api_key') return newId('order');
  return idOfText('order', JSON.stringify([entry.hash, key, await c.req.text()]), now);
}
