import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
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
import { orderPermission } from './whose-orders.ts';

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
  const [rows, lines, steps] = await tenant(ctx, orderPermission(ctx, 'read')).batch([
    orderById(ctx, id),
    linesOf(ctx, id),
    stepRows(ctx, id),
  ]);
  return { order: foundOrder(rows[0]), lines, steps: stepsFrom(steps) };
}
