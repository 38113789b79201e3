import { sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { tenant } from '../tenant.ts';

/**
 * Sends everything a webhook wants to be told of that happened from `from` up to `to`, also while it was off or not there
 * yet. What was delivered before comes again, under the same event id.
 * @returns how many events are on their way
 * @throws AppError not_found, validation (no range), rule (the webhook is off, or more than 10,000 events)
 */
export async function replay(
  ctx: Ctx,
  webhookId: Id<'webhook'>,
  { from, to }: { from: Date; to: Date },
): Promise<{ deliveries: number }> {
  if (!(from < to)) throw new AppError('validation', 'The range must end after it begins.');
  const [{ rows }] = await tenant(ctx, 'webhooks:write').batch([
    ctx.db.execute<{ deliveries: number }>(
      sql`select replay_webhook(${webhookId}, ${from.toISOString()}, ${to.toISOString()}) as deliveries`,
    ),
  ]);
  return { deliveries: rows[0]?.deliveries ?? 0 };
}
