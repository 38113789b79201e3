import { sql } from 'drizzle-orm';
import { base64url } from 'jose';
import type { Id } from '#db/ids.ts';
import { apiKeys } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { startOfDay } from '../companies/company-time.ts';
import { parse } from '../lib/parse.ts';
import { sha256 } from '../lib/sha256.ts';
import { tenant } from '../tenant.ts';
import { type ApiKey, apiKeyById, apiKeyList } from './queries.ts';
import { ApiKeyInput } from './schema.ts';

const PREFIX_LENGTH = 12;

type CreateApiKeyResult =
  /** The only time anybody sees `key`. */
  | { ok: true; name: string; key: string; keys: ApiKey[] }
  /** This form was sent before; what it created is left as it is. */
  | { ok: false; reason: 'already_created'; name: string; keys: ApiKey[] }
  | { ok: false; reason: 'expiry_past'; keys: ApiKey[] };

/**
 * A new API key, and the list it now belongs to.
 * @param id chosen when the form was made, so that sending it again creates nothing
 * @throws AppError validation
 */
export async function createApiKey(
  ctx: Ctx,
  id: Id<'apiKey'>,
  raw: unknown,
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
    where ends.at is null or ends.at > ${now}::timestamptz`;
  const [created, [known], keys] = await door.batch([
    ctx.db.execute<{ id: string }>(sql`
      insert into ${apiKeys} (id, company_id, name, prefix, hash, scopes, created_by, created_at, expires_at)
      ${values} on conflict (company_id, id) do nothing returning id`),
    apiKeyById(ctx, id),
    apiKeyList(ctx),
  ]);
  if (created.rows.length > 0) return { ok: true, name: input.name, key, keys };
  return known
    ? { ok: false, reason: 'already_created', name: known.name, keys }
    : { ok: false, reason: 'expiry_past', keys };
}

/** `dk_` and base64url of 32 random bytes. */
function newApiKey(): string {
  return `dk_${base64url.encode(crypto.getRandomValues(new Uint8Array(32)))}`;
}
