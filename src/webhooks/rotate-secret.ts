import { and, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { webhooks } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { tenant } from '../tenant.ts';
import { type Webhook, foundWebhook, thisWebhook, webhookById } from './queries.ts';
import { newSecret } from './signature.ts';

/** How long a former secret signs beside the new one; `keep_former_secrets()` (db/sql/webhooks.sql) says the same. */
export const GRACE_HOURS = 24;
/** Held by the same function, with the same words (decision 44). */
export const ROTATION_LIMIT = 'A secret can be rotated at most 5 times in 24 hours.';

export type RotateSecretResult =
  /** The only time anybody sees `secret`. */
  | { ok: true; webhook: Webhook; secret: string }
  /** It is another by now, perhaps by this very form: the secret is left as it is. */
  | { ok: false; reason: 'changed_meanwhile'; webhook: Webhook };

/**
 * Makes a new secret. Every secret of the last 24 hours keeps signing, so that a receiver has time to take the new one and
 * two rotations do not end the one it uses.
 * @param expectedVersion the version the page showed; null = any
 * @throws AppError not_found, rotation_limit
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
