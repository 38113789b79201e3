import { and, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { webhooks } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { tenant } from '../tenant.ts';
import { type Webhook, foundWebhook, thisWebhook, webhookById } from './queries.ts';
import { newSecret } from './signature.ts';

/** How long the old secret signs beside the new one. */
export const GRACE_HOURS = 24;

export type RotateSecretResult =
  /** The only time anybody sees `secret`. */
  | { ok: true; webhook: Webhook; secret: string }
  /** It is another by now, perhaps by this very form: the secret is left as it is. */
  | { ok: false; reason: 'changed_meanwhile'; webhook: Webhook };

/**
 * A new secret; the old one goes on signing for 24 hours, so that whoever receives has time to take the new one.
 * @param expectedVersion the version the page showed; null = whatever there is
 * @throws AppError not_found
 */
export async function rotateSecret(
  ctx: Ctx,
  id: Id<'webhook'>,
  expectedVersion: number | null,
): Promise<RotateSecretResult> {
  const secret = newSecret();
  const [rotated, [current]] = await tenant(ctx, 'webhooks:write', 'WebhookSecretRotated').batch([
    ctx.db
      .update(webhooks)
      .set({
        secret,
        previousSecret: sql`${webhooks.secret}`,
        previousSecretUntil: new Date(ctx.now.getTime() + GRACE_HOURS * 3_600_000),
        updatedAt: ctx.now,
      })
      .where(
        and(
          thisWebhook(ctx, id),
          expectedVersion === null ? undefined : eq(webhooks.version, expectedVersion),
        ),
      )
      .returning({ id: webhooks.id }),
    webhookById(ctx, id),
  ]);
  const webhook = foundWebhook(current);
  return rotated.length > 0
    ? { ok: true, webhook, secret }
    : { ok: false, reason: 'changed_meanwhile', webhook };
}
