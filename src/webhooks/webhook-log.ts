import { type SQL, and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { events, webhookAttempts, webhookDeliveries } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { type Position, decodeCursor, encodeCursor } from '../lib/cursor.ts';
import { AppError } from '../lib/errors.ts';
import { isStorable } from '../lib/fields.ts';
import { isIsoMoment } from '../lib/iso-moment.ts';
import { type ListView, type Query, listView } from '../lib/list-view.ts';
import { type Page, pageFrom } from '../lib/page.ts';
import { tenant } from '../tenant.ts';
import {
  DELIVERY_STATES,
  type Delivery,
  type DeliveryState,
  attemptColumns,
  attemptsOfDelivery,
  deliveryColumns,
  due,
  eventOfDelivery,
} from './delivery-queries.ts';
import { type Webhook, found, webhookById } from './queries.ts';

export interface DeliveryListInput {
  limit: number;
  /** Where the page starts, from an earlier page. */
  cursor?: string | undefined;
  /** The page that ends before `cursor` instead of the one after it. */
  backwards?: boolean | undefined;
  state?: DeliveryState | undefined;
}

/** What the log's page shows. */
export interface DeliveryView extends ListView<'created'> {
  state: DeliveryState | undefined;
}

/** What an address asks of the log: `state`, and a place. What makes no sense is left out. */
export function deliveryView(query: Query): DeliveryView {
  return {
    state: DELIVERY_STATES.find((known) => known === query['state']),
    ...listView(query, ['created'], { sort: 'created', descending: true }, deliveryPosition),
  };
}

/**
 * A webhook and one page of what was sent to it, newest first.
 * @throws AppError not_found, validation `Invalid cursor.`
 */
export async function getWebhookLog(
  ctx: Ctx,
  id: Id<'webhook'>,
  input: DeliveryListInput,
): Promise<{ webhook: Webhook; deliveries: Page<Delivery> }> {
  const [[webhook], rows] = await tenant(ctx, 'webhooks:read').batch([
    webhookById(ctx, id),
    deliveryRows(ctx, id, input),
  ]);
  const deliveries = rows.map(({ delivery, last }) => ({ ...due(delivery), lastAttempt: last }));
  return {
    webhook: found(webhook),
    deliveries: pageFrom(deliveries, input, ({ createdAt, id: key }) =>
      encodeCursor({ sort: SORT, key: createdAt.toISOString(), id: key }),
    ),
  };
}

const SORT = 'delivery';

function deliveryRows(
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
      delivery: deliveryColumns,
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
function deliveryPosition(cursor: string): Position | null {
  const position = decodeCursor(cursor);
  const valid = position?.sort === SORT && isIsoMoment(position.key) && isStorable(position.id);
  return valid ? position : null;
}
