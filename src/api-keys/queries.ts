import { and, desc, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { apiKeys, users } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { tenant } from '../tenant.ts';

/** The list shows no more than this; keys that still work come first. */
export const LISTED_KEYS = 200;

export interface ApiKey {
  id: Id<'apiKey'>;
  name: string;
  /** The key's first 12 characters. */
  prefix: string;
  scopes: string[];
  createdAt: Date;
  /** null = the person has left the company. */
  createdByName: string | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

export type ApiKeyState = 'Active' | 'Revoked' | 'Expired';

export function apiKeyState(key: Pick<ApiKey, 'revokedAt' | 'expiresAt'>, now: Date): ApiKeyState {
  if (key.revokedAt) return 'Revoked';
  return key.expiresAt && key.expiresAt <= now ? 'Expired' : 'Active';
}

/** The company's keys: those that still work first, then newest first. */
export interface ApiKeys {
  keys: ApiKey[];
  /** How many of them work, and how many may. */
  active: number;
  most: number;
}

export async function listApiKeys(ctx: Ctx): Promise<ApiKeys> {
  const rows = await tenant(ctx, 'api_keys:write').batch([apiKeyList(ctx), apiKeyPlaces(ctx)]);
  return apiKeysFrom(...rows);
}

/** What `apiKeyList` and `apiKeyPlaces` have answered. */
export function apiKeysFrom(
  keys: ApiKey[],
  { rows }: { rows: { active: number; most: number }[] },
): ApiKeys {
  const [places = { active: 0, most: 0 }] = rows;
  return { keys, ...places };
}

/** How many keys work, and how many may (db/sql/limit-api-keys.sql). */
export function apiKeyPlaces({ db, now }: Ctx) {
  return db.execute<{ active: number; most: number }>(
    sql`select active_api_keys(${now.toISOString()})::integer as active, api_key_limit() as most`,
  );
}

export function apiKeyList(ctx: Ctx) {
  const works = sql`${apiKeys.revokedAt} is null
    and (${apiKeys.expiresAt} is null or ${apiKeys.expiresAt} > ${ctx.now.toISOString()})`;
  return ctx.db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      prefix: apiKeys.prefix,
      scopes: apiKeys.scopes,
      createdAt: apiKeys.createdAt,
      createdByName: users.name,
      expiresAt: apiKeys.expiresAt,
      revokedAt: apiKeys.revokedAt,
      lastUsedAt: apiKeys.lastUsedAt,
    })
    .from(apiKeys)
    .leftJoin(users, eq(users.id, apiKeys.createdBy))
    .where(eq(apiKeys.companyId, companyId(ctx)))
    .orderBy(desc(sql`(${works})`), desc(apiKeys.createdAt), desc(apiKeys.id))
    .limit(LISTED_KEYS);
}

export function apiKeyById(ctx: Ctx, id: Id<'apiKey'>) {
  return ctx.db.select({ name: apiKeys.name }).from(apiKeys).where(thisApiKey(ctx, id));
}

export function thisApiKey(ctx: Ctx, id: Id<'apiKey'>) {
  return and(eq(apiKeys.companyId, companyId(ctx)), eq(apiKeys.id, id));
}
