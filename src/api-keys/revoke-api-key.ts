import { and, isNull } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { apiKeys } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { tenant } from '../tenant.ts';
import { apiKeyById, thisApiKey } from './queries.ts';

/**
 * Ends a key for good: the next request with it is refused. Revoking it again changes nothing.
 * @throws AppError not_found
 */
export async function revokeApiKey(ctx: Ctx, id: Id<'apiKey'>): Promise<{ name: string }> {
  const [, [key]] = await tenant(ctx, 'api_keys:write', 'ApiKeyRevoked').batch([
    ctx.db
      .update(apiKeys)
      .set({ revokedAt: ctx.now })
      .where(and(thisApiKey(ctx, id), isNull(apiKeys.revokedAt))),
    apiKeyById(ctx, id),
  ]);
  if (!key) throw new AppError('not_found', 'API key not found.');
  return key;
}
