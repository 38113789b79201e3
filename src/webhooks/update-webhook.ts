import { and, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { webhooks } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { parse } from '../lib/parse.ts';
import { tenant } from '../tenant.ts';
import { type UrlRules, portProblem } from './public-url.ts';
import { type Webhook, foundWebhook, thisWebhook, webhookById, webhookColumns } from './queries.ts';
import { WebhookPatch, withAddressRules } from './schema.ts';

type UpdateWebhookResult =
  /** `changed` is false when the webhook already was as asked. */
  | { ok: true; webhook: Webhook; changed: boolean }
  /** Somebody else saved first: nothing was written, and this is how it is now. */
  | { ok: false; reason: 'changed_meanwhile'; current: Webhook };

/**
 * Changes what the input names. Switched on again, or pointed elsewhere, it starts anew: neither why it was disabled nor
 * since when it fails is held against it. A port that is not allowed stays where it was saved before, and nowhere else.
 * @param expectedVersion the version the editor saw; null = overwrite whatever there is
 * @throws AppError validation, not_found
 */
export async function updateWebhook(
  ctx: Ctx,
  id: Id<'webhook'>,
  raw: unknown,
  rules: UrlRules,
  expectedVersion: number | null,
): Promise<UpdateWebhookResult> {
  const door = tenant(ctx, 'webhooks:write');
  const patch = parse(withAddressRules(WebhookPatch, rules), raw);
  const badPort = patch.url === undefined ? null : portProblem(patch.url, rules);
  const [, updated, [current]] = await door.batch([
    // Asked of the database, which knows the saved URL: of another one the batch is refused.
    ctx.db.execute(sql`select keep_webhook_url(${id}, ${patch.url ?? null}, ${badPort})`),
    ctx.db
      .update(webhooks)
      .set({
        ...patch,
        ...(patch.active === true && { disabledReason: null }),
        failingSince: stillFailing(patch),
        // Set even when nothing else is: an empty patch is a valid one, and touch_row() drops what changes nothing.
        updatedAt: ctx.now,
      })
      .where(
        and(
          thisWebhook(ctx, id),
          expectedVersion === null ? undefined : eq(webhooks.version, expectedVersion),
        ),
      )
      .returning(webhookColumns),
    webhookById(ctx, id),
  ]);
  const webhook = foundWebhook(current);
  const changedMeanwhile =
    updated.length === 0 &&
    expectedVersion !== null &&
    webhook.version !== expectedVersion &&
    differs(webhook, patch);
  return changedMeanwhile
    ? { ok: false, reason: 'changed_meanwhile', current: webhook }
    : { ok: true, webhook, changed: updated.length > 0 };
}

function stillFailing({ url, active }: WebhookPatch) {
  const isSame = url === undefined ? sql`true` : sql`${webhooks.url} = ${url}`;
  const isOn = active === true ? sql`${webhooks.active}` : sql`true`;
  return sql`case when ${isSame} and ${isOn} then ${webhooks.failingSince} end`;
}

/** Two who make the same change are not in each other's way. */
function differs(webhook: Webhook, patch: WebhookPatch): boolean {
  return (
    (patch.url !== undefined && patch.url !== webhook.url) ||
    (patch.active !== undefined && patch.active !== webhook.active) ||
    (patch.events !== undefined && patch.events.join() !== webhook.events.join())
  );
}
