import { sql } from 'drizzle-orm';
import { type Id, newId } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { fromSnapshot } from '../lib/snapshot.ts';
import { tenant } from '../tenant.ts';
import type { OrderWithLines } from './order-out.ts';
import type { OrderStatus } from './order-status.ts';
import { snapshotOf } from './queries.ts';
import { orderPermission } from './whose-orders.ts';

export interface ChangeOrderStatusResult {
  /** `unchanged`: it had that status already. `changed_meanwhile`: somebody else was quicker, and nothing was written. */
  outcome: 'changed' | 'unchanged' | 'changed_meanwhile';
  /** The status it has now. */
  status: OrderStatus;
  /** As it is now. */
  order: OrderWithLines;
}

/**
 * Moves an order on, or cancels it, which returns its stock once (decision 5; db/sql/order-status.sql). A customer may
 * only cancel their own, and only while it is SUBMITTED.
 * @param seen the status the person was shown; null = whatever it is
 * @throws AppError forbidden, not_found, rule (cancelled already, or too late for the customer)
 */
export async function changeOrderStatus(
  ctx: Ctx,
  id: Id<'order'>,
  status: OrderStatus,
  seen: OrderStatus | null,
): Promise<ChangeOrderStatusResult> {
  const [[row], [after]] = await tenant(ctx, orderPermission(ctx, 'write')).batch([
    ctx.db
      .select({
        result: sql<
          Omit<ChangeOrderStatusResult, 'order'> & { mails: Id<'message'>[] }
        >`change_order_status(${id},
          ${status}, ${seen}, ${newId('message')}, ${ctx.origin})`.as('result'),
      })
      .from(sql`(values (1)) as once`),
    snapshotOf(ctx, id),
  ]);
  if (!row || !after?.order) throw new Error('The database did not say what became of the order.');
  const { mails, ...result } = row.result;
  ctx.due.mails.push(...mails);
  return { ...result, order: fromSnapshot<OrderWithLines>(after.order) };
}
