import { and, desc, eq, sql } from 'drizzle-orm';
import { type Id, isId } from '#db/ids.ts';
import { events, webhookAttempts, webhookDeliveries } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { type ListView, type Query, listView } from '../lib/list-view.ts';
import { newestFirst } from '../lib/newest-first.ts';
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
import { type Webhook, foundWebhook, webhookById } from './queries.ts';

interface DeliveryListInput {
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

const newest = newestFirst({
  sort: 'delivery',
  createdAt: webhookDeliveries.createdAt,
  id: webhookDeliveries.id,
  isId: (id) => isId('delivery', id),
});

/** What an address asks of the log: `state`, and a place. What makes no sense is left out. */
export function deliveryView(query: Query): DeliveryView {
  return {
    state: DELIVERY_STATES.find((known) => known === query['state']),
    ...listView(query, ['created'], { sort: 'created', descending: true }, newest.positionOf),
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
  const [[webhook], rows] = await tenant(ctx, 'webhooks:read').inOrder([
    webhookById(ctx, id),
    deliveryRows(ctx, id, input),
  ]);
  const deliveries = rows.map(({ delivery, last }) => ({ ...due(delivery), lastAttempt: last }));
  return {
    webhook: foundWebhook(webhook),
    deliveries: pageFrom(deliveries, input, newest.cursorOf),
  };
}

function deliveryRows(
  ctx: Ctx,
  webhookId: Id<'webhook'>,
  { limit, cursor, backwards, state }: DeliveryListInput,
) {
  const { db } = ctx;
  const { where, orderBy } = newest.page(newest.startOf(cursor), backwards);
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
        where,
      ),
    )
    .orderBy(...orderBy)
    .limit(limit + 1);
}
