import { sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { events, idempotencyKeys, webhookDeliveries, webhookReplays } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import type { OpenReplay } from './replay.ts';
import { system } from '../tenant.ts';

const SWEPT_AT_ONCE = 1000;
/** So that a webhook with much to catch up on is in nobody's way. */
const OF_ONE_WEBHOOK = 50;
const REPLAYS_AT_ONCE = 20;
const DELETED_AT_ONCE = 2000;

export interface DueDelivery {
  companyId: Id<'company'>;
  deliveryId: Id<'delivery'>;
}

/**
 * Deliveries that have been due for half a minute at `ctx.now`: their message was lost, or there never was one. First the
 * oldest of each webhook, then the second of each, and so on: however many webhooks hang, the others' are found.
 */
export async function findOverdueDeliveries(ctx: Ctx): Promise<DueDelivery[]> {
  const d = webhookDeliveries;
  const overdue = ctx.db
    .select({
      companyId: d.companyId,
      deliveryId: d.id,
      nextAttemptAt: d.nextAttemptAt,
      place:
        sql<number>`row_number() over (partition by ${d.companyId}, ${d.webhookId} order by ${d.nextAttemptAt})`.as(
          'place',
        ),
    })
    .from(d)
    .where(
      sql`${d.state} = 'pending' and ${d.nextAttemptAt} < ${ctx.now.toISOString()}::timestamptz - interval '30 seconds'`,
    )
    .as('overdue');
  const [rows] = await system(ctx).batch([
    ctx.db
      .select({ companyId: overdue.companyId, deliveryId: overdue.deliveryId })
      .from(overdue)
      .where(sql`${overdue.place} <= ${OF_ONE_WEBHOOK}`)
      .orderBy(overdue.place, overdue.nextAttemptAt)
      .limit(SWEPT_AT_ONCE),
  ]);
  return rows;
}

/** Replays that have not come to their end, those first that have waited longest. */
export async function findOpenReplays(ctx: Ctx): Promise<OpenReplay[]> {
  const { companyId, webhookId, id: replayId, continuedAt } = webhookReplays;
  const [rows] = await system(ctx).batch([
    ctx.db
      .select({ companyId, webhookId, replayId })
      .from(webhookReplays)
      .orderBy(continuedAt)
      .limit(REPLAYS_AT_ONCE),
  ]);
  return rows;
}

/** Events are kept for 30 days, with everything that was sent of them; what API writes were answered with for a day. */
export async function deleteOldEvents(ctx: Ctx): Promise<void> {
  await system(ctx).batch([
    ctx.db.delete(events).where(
      sql`(${events.companyId}, ${events.id}) in (${ctx.db
        .select({ companyId: events.companyId, id: events.id })
        .from(events)
        .where(
          sql`${events.createdAt} < ${ctx.now.toISOString()}::timestamptz - interval '30 days'`,
        )
        .orderBy(events.createdAt)
        .limit(DELETED_AT_ONCE)})`,
    ),
    ctx.db.delete(idempotencyKeys).where(
      sql`(${idempotencyKeys.companyId}, ${idempotencyKeys.route}, ${idempotencyKeys.key}) in (${ctx.db
        .select({
          companyId: idempotencyKeys.companyId,
          route: idempotencyKeys.route,
          key: idempotencyKeys.key,
        })
        .from(idempotencyKeys)
        .where(
          sql`${idempotencyKeys.createdAt} < ${ctx.now.toISOString()}::timestamptz - interval '24 hours'`,
        )
        .orderBy(idempotencyKeys.createdAt)
        .limit(DELETED_AT_ONCE)})`,
    ),
  ]);
}
