import { type SQL, and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { events, webhookAttempts, webhookDeliveries } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { payloadOf } from '../events/payload.ts';
import { type Position, decodeCursor, encodeCursor } from '../lib/cursor.ts';
import { AppError } from '../lib/errors.ts';
import { isStorable } from '../lib/fields.ts';
import { isIsoMoment } from '../lib/iso-moment.ts';
import { type Page, pageFrom } from '../lib/page.ts';
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
  /** Exactly what is sent. */
  requestBody: string;
}

export interface DeliveryListInput {
  limit: number;
  /** Where the page starts, from an earlier page. */
  cursor?: string | undefined;
  /** The page that ends before `cursor` instead of the one after it. */
  backwards?: boolean | undefined;
  state?: DeliveryState | undefined;
}

const SORT = 'delivery';

const columns = {
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

const attemptColumns = {
  statusCode: webhookAttempts.statusCode,
  durationMs: webhookAttempts.durationMs,
  error: webhookAttempts.error,
  createdAt: webhookAttempts.createdAt,
};

/**
 * One page of what was sent to a webhook, newest first; none of a webhook that is not there.
 * @throws AppError validation `Invalid cursor.`
 */
export async function listDeliveries(
  ctx: Ctx,
  webhookId: Id<'webhook'>,
  input: DeliveryListInput,
): Promise<Page<Delivery>> {
  const [rows] = await tenant(ctx, 'webhooks:read').batch([deliveryRows(ctx, webhookId, input)]);
  return deliveryPage(rows, input);
}

/** The rows of such a page, to be asked in another's batch. */
export function deliveryRows(
  ctx: Ctx,
  webhookId: Id<'webhook'>,
  { limit, cursor, backwards = false, state }: DeliveryListInput,
) {
  const { db } = ctx;
  const start = cursor === undefined ? null : positionOf(cursor);
  const order = backwards ? asc : desc;
  const last = db
    .select(attemptColumns)
    .from(webhookAttempts)
    .where(attemptsOfDelivery(ctx))
    .orderBy(desc(webhookAttempts.id))
    .limit(1)
    .as('last');
  return db
    .select({
      delivery: columns,
      // What is never null comes first: by it Drizzle tells whether there was a try.
      last: {
        createdAt: last.createdAt,
        statusCode: last.statusCode,
        durationMs: last.durationMs,
        error: last.error,
      },
    })
    .from(webhookDeliveries)
    .innerJoin(events, eventOfDelivery)
    .leftJoinLateral(last, sql`true`)
    .where(
      and(
        eq(webhookDeliveries.companyId, companyId(ctx)),
        eq(webhookDeliveries.webhookId, webhookId),
        state && eq(webhookDeliveries.state, state),
        start ? beyond(start, backwards) : undefined,
      ),
    )
    .orderBy(order(webhookDeliveries.createdAt), order(webhookDeliveries.id))
    .limit(limit + 1);
}

/** The page those rows make. */
export function deliveryPage(
  rows: Awaited<ReturnType<typeof deliveryRows>>,
  input: DeliveryListInput,
): Page<Delivery> {
  const deliveries = rows.map(({ delivery, last }) => ({ ...due(delivery), lastAttempt: last }));
  return pageFrom(deliveries, input, ({ createdAt, id }) =>
    encodeCursor({ sort: SORT, key: createdAt.toISOString(), id }),
  );
}

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
        delivery: columns,
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
    requestBody: payloadOf(row.stored, ctx.origin),
  };
}

const eventOfDelivery = and(
  eq(events.companyId, webhookDeliveries.companyId),
  eq(events.id, webhookDeliveries.eventId),
);

function attemptsOfDelivery(ctx: Ctx): SQL | undefined {
  return and(
    eq(webhookAttempts.companyId, companyId(ctx)),
    eq(webhookAttempts.deliveryId, webhookDeliveries.id),
  );
}

function due<Row extends { state: DeliveryState; nextAttemptAt: Date }>(row: Row) {
  return { ...row, nextAttemptAt: row.state === 'pending' ? row.nextAttemptAt : null };
}

function beyond({ key, id }: Position, backwards: boolean): SQL {
  return sql`(${webhookDeliveries.createdAt}, ${webhookDeliveries.id}) ${sql.raw(backwards ? '>' : '<')}
    (${key}::timestamptz, ${id})`;
}

function positionOf(cursor: string): Position {
  const position = deliveryPosition(cursor);
  if (!position) throw new AppError('validation', 'Invalid cursor.');
  return position;
}

/** Where a cursor points to, or null when it is none of ours. */
export function deliveryPosition(cursor: string): Position | null {
  const position = decodeCursor(cursor);
  const valid = position?.sort === SORT && isIsoMoment(position.key) && isStorable(position.id);
  return valid ? position : null;
}
