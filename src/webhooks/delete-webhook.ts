import type { Id } from '#db/ids.ts';
import { webhooks } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { tenant } from '../tenant.ts';
import { foundWebhook, thisWebhook } from './queries.ts';

/**
 * Removes a webhook and its delivery log: nothing is sent to it any more.
 * @throws AppError not_found
 */
export async function deleteWebhook(ctx: Ctx, id: Id<'webhook'>): Promise<{ url: string }> {
  const [[deleted]] = await tenant(ctx, 'webhooks:write').batch([
    ctx.db.delete(webhooks).where(thisWebhook(ctx, id)).returning({ url: webhooks.url }),
  ]);
  return foundWebhook(deleted);
}
