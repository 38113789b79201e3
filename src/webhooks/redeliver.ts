import { sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { tenant } from '../tenant.ts';

/**
 * Puts a delivery on its way again, whatever has become of it, with all of its tries before it. Its log is kept.
 * @throws AppError not_found (`Delivery not found.`), rule (the webhook is off)
 */
export async function redeliver(
  ctx: Ctx,
  webhookId: Id<'webhook'>,
  deliveryId: Id<'delivery'>,
): Promise<void> {
  await tenant(ctx, 'webhooks:write').batch([
    ctx.db.execute(sql`select redeliver(${webhookId}, ${deliveryId})`),
  ]);
}
