import { eq } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { orders } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { myCustomer } from '../storefront/me.ts';
import { tenant } from '../tenant.ts';
import {
  foundOrder,
  linesOf,
  type Order,
  orderById,
  type OrderLine,
  type OrderStep,
  stepRows,
  stepsFrom,
} from './queries.ts';

export interface OrderDetail {
  order: Order;
  lines: OrderLine[];
  /** What became of it since it was placed, newest first. */
  steps: OrderStep[];
}

/**
 * All that an order's page shows: to the staff, of any; to a customer's people, of their own.
 * @throws AppError not_found
 */
export async function getOrderDetail(ctx: Ctx, id: Id<'order'>): Promise<OrderDetail> {
  const isCustomer = ctx.entry.kind === 'customer';
  const [rows, lines, steps] = await tenant(
    ctx,
    isCustomer ? 'own_orders:read' : 'orders:read',
  ).batch([
    orderById(ctx, id, isCustomer ? eq(orders.customerId, myCustomer) : undefined),
    linesOf(ctx, id),
    stepRows(ctx, id),
  ]);
  return { order: foundOrder(rows[0]), lines, steps: stepsFrom(steps) };
}
