import { and, asc, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { events, webhookAttempts, webhookDeliveries } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { type StoredEvent, payloadOf } from '../events/payload.ts';
import { AppError } from '../lib/errors.ts';
import { tenant } from '../tenant.ts';

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One try, and what came back. */
export interface Attempt {
  /** null = no answer came. */
  statusCode: number | null;
  durationMs: number;
  /** Why no answer came, or why it is none. */
  error: string | null;
  createdAt: Date;
}

/** One event on its way to one webhook. */
export interface Delivery {
  id: Id<'delivery'>;
  eventId: Id<'event'>;
  /** The event's name. */
  event: string;
  state: DeliveryState;
  /** Since it was last put on its way. */
  tries: number;
  /** When it is tried next; null = not again. */
  nextAttemptAt: Date | null;
  createdAt: Date;
  lastAttempt: Attempt | null;
}

export interface DeliveryDetail extends Delivery {
  /** Oldest first. */
  attempts: (Attempt & { responseBody: string | null })[];
  /** Exactly what is sent; null = the event cannot be read any more, so nothing is. */
  requestBody: string | null;
}

/** A delivery's columns, and its event's name. */
export const deliveryColumns = {
  id: webhookDeliveries.id,
  eventId: webhookDeliveries.eventId,
  event: sql<string>`${events.type}`.as('event'),
  state: webhookDeliveries.state,
  tries: webhookDeliveries.tries,
  nextAttemptAt: webhookDeliveries.nextAttemptAt,
  createdAt: sql<Date>`${webhookDeliveries.createdAt}`
    .mapWith(webhookDeliveries.createdAt)
    .as('made'),
};

export const attemptColumns = {
  statusCode: webhookAttempts.statusCode,
  durationMs: webhookAttempts.durationMs,
  error: webhookAttempts.error,
  createdAt: webhookAttempts.createdAt,
};

/**
 * A delivery with all that was tried, and what is sent.
 * @throws AppError not_found
 */
export async function getDelivery(
  ctx: Ctx,
  webhookId: Id<'webhook'>,
  deliveryId: Id<'delivery'>,
): Promise<DeliveryDetail> {
  const isIt = and(
    eq(webhookDeliveries.companyId, companyId(ctx)),
    eq(webhookDeliveries.webhookId, webhookId),
    eq(webhookDeliveries.id, deliveryId),
  );
  const [[row], attempts] = await tenant(ctx, 'webhooks:read').batch([
    ctx.db
      .select({
        delivery: deliveryColumns,
        stored: {
          type: events.type,
          snapshot: events.snapshot,
          version: events.version,
          createdAt: events.createdAt,
        },
      })
      .from(webhookDeliveries)
      .innerJoin(events, eventOfDelivery)
      .where(isIt),
    ctx.db
      .select({ ...attemptColumns, responseBody: webhookAttempts.responseBody })
      .from(webhookAttempts)
      .innerJoin(webhookDeliveries, attemptsOfDelivery(ctx))
      .where(isIt)
      .orderBy(asc(webhookAttempts.id)),
  ]);
  if (!row) throw new AppError('not_found', 'Delivery not found.');
  return {
    ...due(row.delivery),
    lastAttempt: attempts.at(-1) ?? null,
    attempts,
    requestBody: bodyOf(row.stored, ctx.origin),
  };
}

/** Whoever sends it says in the log what is wrong with such an event; its delivery is shown all the same. */
function bodyOf(event: StoredEvent, origin: string): string | null {
  try {
    return payloadOf(event, origin);
  } catch {
    return null;
  }
}

export const eventOfDelivery = and(
  eq(events.companyId, webhookDeliveries.companyId),
  eq(events.id, webhookDeliveries.eventId),
);

export function attemptsOfDelivery(ctx: Ctx) {
  return and(
    eq(webhookAttempts.companyId, companyId(ctx)),
    eq(webhookAttempts.deliveryId, webhookDeliveries.id),
  );
}

/** A delivery as it is shown: what is not tried again has no next try. */
export function due<Row extends { state: DeliveryState; nextAttemptAt: Date }>(row: Row) {
  return { ...row, nextAttemptAt: row.state === 'pending' ? row.nextAttemptAt : null };
}
