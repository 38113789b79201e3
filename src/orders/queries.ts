import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { auditEntries, orderLines, orders } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import type { OrderStatus } from './order-status.ts';
import { oneOfTheirs } from './whose-orders.ts';

/** What a page shows of one order; how it is found and counted is nobody's business. */
const orderColumns = {
  id: orders.id,
  number: orders.number,
  status: orders.status,
  source: orders.source,
  customerId: orders.customerId,
  customerName: orders.customerName,
  customerEmail: orders.customerEmail,
  placedById: orders.placedById,
  placedByName: orders.placedByName,
  shippingAddress: orders.shippingAddress,
  poNumber: orders.poNumber,
  notes: orders.notes,
  currency: orders.currency,
  subtotalCents: orders.subtotalCents,
  taxRatePpm: orders.taxRatePpm,
  taxCents: orders.taxCents,
  shippingCents: orders.shippingCents,
  totalCents: orders.totalCents,
  lineCount: orders.lineCount,
  createdAt: orders.createdAt,
};

export type Order = Pick<typeof orders.$inferSelect, keyof typeof orderColumns>;

const lineColumns = {
  productId: orderLines.productId,
  name: orderLines.name,
  sku: orderLines.sku,
  unit: orderLines.unit,
  quantity: orderLines.quantity,
  unitPriceCents: orderLines.unitPriceCents,
  totalCents: orderLines.totalCents,
};

export type OrderLine = Pick<typeof orderLines.$inferSelect, keyof typeof lineColumns>;

/** One order, for a batch; to a customer's people, one of their own. */
export function orderById(ctx: Ctx, id: Id<'order'>) {
  return ctx.db
    .select(orderColumns)
    .from(orders)
    .where(and(eq(orders.companyId, companyId(ctx)), eq(orders.id, id), oneOfTheirs(ctx)));
}

/** An order in full, as JSON for `fromSnapshot`, for a batch; null = there is none. */
export function snapshotOf(ctx: Ctx, id: Id<'order'>) {
  return ctx.db
    .select({ order: sql<unknown>`order_snapshot(${id})`.as('order') })
    .from(sql`(values (1)) as once`);
}

/** An order's lines as they were put in, for a batch. */
export function linesOf(ctx: Ctx, id: Id<'order'>) {
  return ctx.db
    .select(lineColumns)
    .from(orderLines)
    .where(and(eq(orderLines.companyId, companyId(ctx)), eq(orderLines.orderId, id)))
    .orderBy(asc(orderLines.line));
}

/** One step of an order: who took it, and where it led. */
export interface OrderStep {
  at: Date;
  actorName: string | null;
  actorType: 'USER' | 'API_KEY' | 'CUSTOMER' | 'SYSTEM';
  from: OrderStatus;
  to: OrderStatus;
}

const STEPS_SHOWN = 100;

/** The audit log's rows `stepsFrom` reads, newest first, for a batch: whoever sees the order may see its timeline. */
export function stepRows(ctx: Ctx, id: Id<'order'>) {
  return ctx.db
    .select({
      at: auditEntries.createdAt,
      actorName: auditEntries.actorName,
      actorType: auditEntries.actorType,
      details: auditEntries.details,
    })
    .from(auditEntries)
    .where(and(eq(auditEntries.companyId, companyId(ctx)), eq(auditEntries.entityId, id)))
    .orderBy(desc(auditEntries.createdAt), desc(auditEntries.id))
    .limit(STEPS_SHOWN);
}

/** The entries that changed the status; the one about its being placed did not. */
export function stepsFrom(rows: Awaited<ReturnType<typeof stepRows>>): OrderStep[] {
  return rows.flatMap(({ details, ...step }) => {
    const change = details['status'] as Pick<OrderStep, 'from' | 'to'> | undefined;
    return change ? [{ ...step, ...change }] : [];
  });
}

export function foundOrder(order: Order | undefined): Order {
  if (!order) throw new AppError('not_found', 'Order not found.');
  return order;
}
