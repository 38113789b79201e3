import { sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { tenant } from '../tenant.ts';

export interface Replayed {
  /** Events that are on their way by now, 10,000 at most. */
  deliveries: number;
  /** The sweep puts the others of the range on their way, 10,000 a minute. */
  more: boolean;
}

/**
 * Sends everything a webhook wants to be told of that happened from `from` up to `to`, also while it was off or not there
 * yet. What was delivered before comes again, under the same event id.
 * @throws AppError not_found, validation (no range), rule (the webhook is off)
 */
export async function replay(
  ctx: Ctx,
  webhookId: Id<'webhook'>,
  { from, to }: { from: Date; to: Date },
): Promise<Replayed> {
  if (!(from < to)) throw new AppError('validation', 'The range must end after it begins.');
  const [{ rows }] = await tenant(ctx, 'webhooks:write').batch([
    ctx.db.execute<{ replayed: Replayed }>(
      sql`select replay_webhook(${webhookId}, ${from.toISOString()}, ${to.toISOString()}) as replayed`,
    ),
  ]);
  const replayed = rows[0]?.replayed;
  if (!replayed) throw new Error('The database did not say what is replayed.');
  return replayed;
}

/** A replay of more than goes at once, which has not come to its end. */
export interface OpenReplay {
  companyId: Id<'company'>;
  webhookId: Id<'webhook'>;
  replayId: number;
}

/**
 * Puts the next 10,000 events of a replay on their way, in one transaction: whoever dies before it commits has done
 * nothing, and whoever asks twice sends the page after it.
 */
export async function continueReplay(ctx: Ctx, { webhookId, replayId }: OpenReplay): Promise<void> {
  await tenant(ctx, 'webhooks:write').batch([
    ctx.db.execute(
      sql`select continue_replay(${webhookId}, ${replayId}, ${ctx.now.toISOString()})`,
    ),
  ]);
}
