import { sql } from 'drizzle-orm';
import { base64url } from 'jose';
import type { Id } from '#db/ids.ts';
import { apiKeys } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { startOfDay } from '../companies/company-time.ts';
import { parse } from '../lib/parse.ts';
import { sha256 } from '../lib/sha256.ts';
import { tenant } from '../tenant.ts';
import { type Confirmation, confirmed } from '../staff/confirm-password.ts';
import { type ApiKeys, apiKeyById, apiKeyList, apiKeyPlaces, apiKeysFrom } from './queries.ts';
import { ApiKeyInput } from './schema.ts';

const PREFIX_LENGTH = 12;

type CreateApiKeyResult =
  /** The only time anybody sees `key`. */
  | { ok: true; name: string; key: string; list: ApiKeys }
  /** This form was sent before; what it created is left as it is. */
  | { ok: false; reason: 'already_created'; name: string; list: ApiKeys }
  | { ok: false; reason: 'expiry_past' | 'too_many'; list: ApiKeys };

/**
 * A new API key, unless the company has as many active ones as it can have, and the list it now belongs to.
 * @param id chosen when the form was made, so that sending it again creates nothing
 * @throws AppError validation, forbidden (the password has to be asked again)
 */
export async function createApiKey(
  ctx: Ctx,
  id: Id<'apiKey'>,
  raw: unknown,
  confirmation: Confirmation,
): Promise<CreateApiKeyResult> {
  const door = tenant(ctx, 'api_keys:write');
  const input = parse(ApiKeyInput, raw);
  const key = newApiKey();
  const expiresAt = input.expiresOn
    ? sql`${startOfDay(ctx, input.expiresOn, 1)} - interval '1 millisecond'`
    : sql`null::timestamptz`;
  const now = ctx.now.toISOString();
  const values = sql`select ${id}, ${companyId(ctx)}, ${input.name}, ${key.slice(0, PREFIX_LENGTH)},
    ${await sha256(key)}, ${sql.param(input.scopes)}::text[], current_setting('app.actor_id'), ${now}::timestamptz, ends.at
    from (select ${expiresAt} as at) as ends
    where (ends.at is null or ends.at > ${now}::timestamptz) and api_key_place(${id}, ${now})`;
  const [, created, ended, [known], ...rows] = await door.batch([
    confirmed(ctx, confirmation),
    ctx.db.execute<{ id: string }>(sql`
      insert into ${apiKeys} (id, company_id, name, prefix, hash, scopes, created_by, created_at, expires_at)
      ${values} on conflict (company_id, id) do nothing returning id`),
    ctx.db.execute<{ ended: boolean | null }>(
      sql`select ${expiresAt} <= ${now}::timestamptz as ended`,
    ),
    apiKeyById(ctx, id),
    apiKeyList(ctx),
    apiKeyPlaces(ctx),
  ]);
  const list = apiKeysFrom(...rows);
  if (created.rows.length > 0) return { ok: true, name: input.name, key, list };
  if (known) return { ok: false, reason: 'already_created', name: known.name, list };
  return { ok: false, reason: ended.rows[0]?.ended ? 'expiry_past' : 'too_many', list };
}

/** `dk_` and base64url of 32 random bytes. */
function newApiKey(): string {
  return `dk_${base64url.encode(crypto.getRandomValues(new Uint8Array(32)))}`;
}
