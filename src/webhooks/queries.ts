import { and, desc, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { webhookAttempts, webhookDeliveries, webhooks } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import type { EventType } from '../events/event-types.ts';
import { decodeCursor, encodeCursor } from '../lib/cursor.ts';
import { AppError } from '../lib/errors.ts';
import { isStorable } from '../lib/fields.ts';
import { isIsoMoment } from '../lib/iso-moment.ts';
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

const SORT = 'webhook';

/**
 * One page of the company's webhooks, newest first.
 * @throws AppError validation `Invalid cursor.`
 */
export async function listWebhooks(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Webhook>> {
  const start = cursor === undefined ? null : positionOf(cursor);
  const [rows] = await tenant(ctx, 'webhooks:read').batch([
    ctx.db
      .select(webhookColumns)
      .from(webhooks)
      .where(
        and(
          eq(webhooks.companyId, companyId(ctx)),
          start
            ? sql`(${webhooks.createdAt}, ${webhooks.id}) < (${start.key}::timestamptz, ${start.id})`
            : undefined,
        ),
      )
      .orderBy(desc(webhooks.createdAt), desc(webhooks.id))
      .limit(limit + 1),
  ]);
  return pageFrom(rows, { limit }, ({ createdAt, id }) =>
    encodeCursor({ sort: SORT, key: createdAt.toISOString(), id }),
  );
}

function positionOf(cursor: string): { key: string; id: string } {
  const position = decodeCursor(cursor);
  if (position?.sort === SORT && isIsoMoment(position.key) && isStorable(position.id)) {
    return position;
  }
  throw new AppError('validation', 'Invalid cursor.');
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
      .orderBy(desc(webhooks.createdAt), desc(webhooks.id)),
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
