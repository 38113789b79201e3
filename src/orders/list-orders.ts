import { desc, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { orders } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { encodeCursor } from '../lib/cursor.ts';
import { AppError } from '../lib/errors.ts';
import { pageOfIds } from '../lib/looked-up.ts';
import { type Page, pageFrom } from '../lib/page.ts';
import { fromSnapshot } from '../lib/snapshot.ts';
import { tenant } from '../tenant.ts';
import { orderOfPage, orderPosition } from './order-list.ts';
import type { OrderWithLines } from './order-out.ts';
import type { OrderStatus } from './order-status.ts';
import { snapshotOf } from './queries.ts';

/** Which orders are asked for; what is not set does not filter. */
interface ListOrdersInput {
  /** Orders at most; one more is read, to know whether there are more. */
  limit: number;
  /** Where the page before ended. */
  cursor?: string | undefined;
  status?: OrderStatus | undefined;
  customerId?: Id<'customer'> | undefined;
  /** When it was placed: from this moment on, and before that one. */
  since?: Date | undefined;
  until?: Date | undefined;
}

/**
 * One page of the company's orders with their lines, newest first; orders placed meanwhile are never skipped or repeated.
 * @throws AppError validation `Invalid cursor.`
 */
export async function listOrders(ctx: Ctx, input: ListOrdersInput): Promise<Page<OrderWithLines>> {
  const { limit, cursor, status, customerId, since, until } = input;
  const start = cursor === undefined ? null : orderPosition(cursor, 'created');
  if (cursor !== undefined && !start) throw new AppError('validation', 'Invalid cursor.');
  const page = sql`order_page(null, ${status ?? null}, ${customerId ?? null}, ${since?.toISOString() ?? null},
    ${until?.toISOString() ?? null}, null, null, 'created', true, ${start?.key ?? null}, ${start?.id ?? null}, ${limit + 1})`;
  const [rows] = await tenant(ctx, 'orders:read').batch([
    ctx.db
      .select({ order: sql<unknown>`order_snapshot(${orders.id})`.as('order') })
      .from(pageOfIds(page))
      .innerJoinLateral(orderOfPage(ctx), sql`true`)
      .orderBy(desc(orders.createdAt), desc(orders.id)),
  ]);
  const found = rows.map(({ order }) => fromSnapshot<OrderWithLines>(order));
  return pageFrom(found, { limit }, ({ createdAt, id }) =>
    encodeCursor({ sort: 'created', key: createdAt.toISOString(), id }),
  );
}

/**
 * One order with its lines.
 * @throws AppError not_found
 */
export async function getOrder(ctx: Ctx, id: Id<'order'>): Promise<OrderWithLines> {
  const [[row]] = await tenant(ctx, 'orders:read').batch([snapshotOf(ctx, id)]);
  if (!row?.order) throw new AppError('not_found', 'Order not found.');
  return fromSnapshot<OrderWithLines>(row.order);
}
