import { sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { tenant } from '../tenant.ts';

/** What a test event says. */
const TEST_MESSAGE = 'This is a test event.';

/**
 * Sends a `webhook.test` event to this webhook alone, whatever it wants to be told of.
 * @returns the delivery, to look at in the log
 * @throws AppError not_found (`Webhook not found.`), rule (it is off)
 */
export async function sendTestEvent(ctx: Ctx, webhookId: Id<'webhook'>): Promise<Id<'delivery'>> {
  const [{ rows }] = await tenant(ctx, 'webhooks:write').batch([
    ctx.db.execute<{ id: Id<'delivery'> }>(
      sql`select send_test_event(${webhookId}, ${TEST_MESSAGE}) as id`,
    ),
  ]);
  const id = rows[0]?.id;
  if (!id) throw new Error('The database did not say what is on its way.');
  return id;
}
