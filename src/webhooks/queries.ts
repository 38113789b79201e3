import { and, desc, eq, sql } from 'drizzle-orm';
import { type Id, isId } from '#db/ids.ts';
import { webhookAttempts, webhookDeliveries, webhooks } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import type { EventType } from '../events/event-types.ts';
import { AppError } from '../lib/errors.ts';
import { newestFirst } from '../lib/newest-first.ts';
import { type Page, pageFrom } from '../lib/page.ts';
import { tenant } from '../tenant.ts';

/** The columns anyone is shown; the secret is shown to whoever has just made it. */
export const webhookColumns = {
  id: webhooks.id,
  url: webhooks.url,
  events: sql<EventType[]>`${webhooks.events}`.mapWith(
    (value: string) => webhooks.events.mapFromDriverValue(value) as EventType[],
  ),
  active: webhooks.active,
  disabledReason: webhooks.disabledReason,
  previousSecretUntil: webhooks.previousSecretUntil,
  failingSince: webhooks.failingSince,
  version: webhooks.version,
  createdAt: webhooks.createdAt,
  updatedAt: webhooks.updatedAt,
};

export interface Webhook {
  id: Id<'webhook'>;
  url: string;
  events: EventType[];
  active: boolean;
  /** Why it was switched off, where nobody asked for it: it answered 410, or failed for days. */
  disabledReason: 'gone' | 'failing' | null;
  /** Until when the secret before this one signs, too. */
  previousSecretUntil: Date | null;
  /** null = the last delivery arrived. */
  failingSince: Date | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

const newest = newestFirst({
  sort: 'webhook',
  createdAt: webhooks.createdAt,
  id: webhooks.id,
  isId: (id) => isId('webhook', id),
});

/**
 * One page of the company's webhooks, newest first.
 * @throws AppError validation `Invalid cursor.`
 */
export async function listWebhooks(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Webhook>> {
  const { where, orderBy } = newest.page(newest.startOf(cursor));
  const [rows] = await tenant(ctx, 'webhooks:read').batch([
    ctx.db
      .select(webhookColumns)
      .from(webhooks)
      .where(and(eq(webhooks.companyId, companyId(ctx)), where))
      .orderBy(...orderBy)
      .limit(limit + 1),
  ]);
  return pageFrom(rows, { limit }, newest.cursorOf);
}

/** A webhook in the settings' list: with its newest delivery, where there is one. */
export interface ListedWebhook extends Webhook {
  lastState: 'pending' | 'delivered' | 'failed' | null;
  lastAt: Date | null;
  /** null = no answer came. */
  lastStatusCode: number | null;
}

/** All of the company's webhooks (there are 10 at most), newest first, each with what became of its newest delivery. */
export async function listWebhooksWithResults(ctx: Ctx): Promise<ListedWebhook[]> {
  const { db } = ctx;
  const delivery = db
    .select({
      id: webhookDeliveries.id,
      state: webhookDeliveries.state,
    })
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.companyId, webhooks.companyId),
        eq(webhookDeliveries.webhookId, webhooks.id),
      ),
    )
    .orderBy(desc(webhookDeliveries.createdAt), desc(webhookDeliveries.id))
    .limit(1)
    .as('delivery');
  const attempt = db
    .select({ statusCode: webhookAttempts.statusCode, createdAt: webhookAttempts.createdAt })
    .from(webhookAttempts)
    .where(
      and(
        eq(webhookAttempts.companyId, webhooks.companyId),
        eq(webhookAttempts.deliveryId, delivery.id),
      ),
    )
    .orderBy(desc(webhookAttempts.id))
    .limit(1)
    .as('attempt');
  const [rows] = await tenant(ctx, 'webhooks:read').batch([
    db
      .select({
        ...webhookColumns,
        lastState: delivery.state,
        lastAt: attempt.createdAt,
        lastStatusCode: attempt.statusCode,
      })
      .from(webhooks)
      .leftJoinLateral(delivery, sql`true`)
      .leftJoinLateral(attempt, sql`true`)
      .where(eq(webhooks.companyId, companyId(ctx)))
      .orderBy(...newest.page(null).orderBy),
  ]);
  return rows;
}

/** @throws AppError not_found */
export async function getWebhook(ctx: Ctx, id: Id<'webhook'>): Promise<Webhook> {
  const [rows] = await tenant(ctx, 'webhooks:read').batch([webhookById(ctx, id)]);
  return foundWebhook(rows[0]);
}

export function webhookById(ctx: Ctx, id: Id<'webhook'>) {
  return ctx.db.select(webhookColumns).from(webhooks).where(thisWebhook(ctx, id));
}

export function thisWebhook(ctx: Ctx, id: Id<'webhook'>) {
  return and(eq(webhooks.companyId, companyId(ctx)), eq(webhooks.id, id));
}

/** @throws AppError not_found where there is none */
export function foundWebhook<Row>(webhook: Row | undefined): Row {
  if (!webhook) throw new AppError('not_found', 'Webhook not found.');
  return webhook;
}
