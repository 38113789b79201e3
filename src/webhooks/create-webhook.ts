import { sql } from 'drizzle-orm';
import { type Id, newId } from '#db/ids.ts';
import { webhooks } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { parse } from '../lib/parse.ts';
import { tenant } from '../tenant.ts';
import type { UrlRules } from './public-url.ts';
import { type Webhook, webhookById } from './queries.ts';
import { WebhookInput, withNewUrlRules } from './schema.ts';
import { newSecret } from './signature.ts';

type CreateWebhookResult =
  /** The only time anybody sees `secret`. */
  | { ok: true; webhook: Webhook; secret: string }
  /** This form was sent before; what it created is left as it is. */
  | { ok: false; reason: 'already_created'; webhook: Webhook }
  | { ok: false; reason: 'too_many' };

/**
 * A new webhook, unless the company has as many as it can have.
 * @param id chosen before it is made, so that sending it again creates nothing
 * @throws AppError validation
 */
export async function createWebhook(
  ctx: Ctx,
  raw: unknown,
  rules: UrlRules,
  id: Id<'webhook'> = newId('webhook'),
): Promise<CreateWebhookResult> {
  const door = tenant(ctx, 'webhooks:write');
  const { url, events, active = true } = parse(withNewUrlRules(WebhookInput, rules), raw);
  const secret = newSecret();
  const now = ctx.now.toISOString();
  const [created, [webhook]] = await door.batch([
    ctx.db.execute<{ id: string }>(sql`
      insert into ${webhooks} (company_id, id, url, events, active, secret, created_at, updated_at)
      select ${companyId(ctx)}, ${id}, ${url}, ${sql.param(events)}::text[], ${active}::boolean, ${secret},
        ${now}::timestamptz, ${now}::timestamptz
      where webhook_place(${id})
      on conflict (company_id, id) do nothing returning id`),
    webhookById(ctx, id),
  ]);
  if (!webhook) return { ok: false, reason: 'too_many' };
  return created.rows.length > 0
    ? { ok: true, webhook, secret }
    : { ok: false, reason: 'already_created', webhook };
}
