import type { Context, Next } from 'hono';
import { createMiddleware } from 'hono/factory';
import { AppError, Refusal } from '#src/lib/errors.ts';
import { sha256 } from '#src/lib/sha256.ts';
import { shardOf } from '#src/lib/shard.ts';
import { checkApiKey } from '#src/tenant.ts';
import type { AppEnv } from '../../app-env.ts';
import { DEFAULT_LIMIT } from '../../objects/api-limiter.ts';
import { announceDue, requestContext } from '../../request-context.ts';
import { knownKeys } from './known-keys.ts';
import { countAddress, setQuota } from './rate-limit.ts';

/** Keys share so many objects of `ApiKeys`, whether they exist or not. */
const KEY_SHARDS = 32;

/**
 * Counts the request and names its key; the first batch of the request checks the key itself, so a revoked key is
 * refused at the very next request. Fails closed: no count, no answer. A key that does not exist is counted by its
 * sender's address, and no object is made for it.
 */
export const apiKey = createMiddleware<AppEnv>(async function apiKey(c, next) {
  const key = /^Bearer (\S+)$/.exec(c.req.header('Authorization') ?? '')?.[1];
  if (!key) {
    await countAddress(c);
    throw new AppError(
      'unauthorized',
      'Missing or invalid Authorization header. Use: Bearer <api_key>',
    );
  }
  const hash = await sha256(key);
  const answer = knownKeys.has(hash) ? 'known' : await keysWith(c, hash).ask(hash);
  if (answer === 'unknown') {
    await countAddress(c);
    throw new AppError('unauthorized', 'Invalid, expired, or revoked API key.');
  }
  c.set('ctx', requestContext(c, { kind: 'api_key', hash }));
  const failure =
    answer === 'known' ? await answerKnown(c, next, hash) : await answerProbe(c, next, hash);
  announceDue(c);
  if (failure && failure !== c.error) throw failure;
});

const keysWith = (c: Context<AppEnv>, hash: string) =>
  c.env.API_KEYS.getByName(shardOf(hash, KEY_SHARDS));

async function answerKnown(c: Context<AppEnv>, next: Next, hash: string) {
  knownKeys.add(hash);
  const limiter = c.env.API_LIMITER.getByName(hash);
  const taken = await limiter.take();
  setQuota(c, taken);
  if (taken.companyId) c.set('companyId', taken.companyId);
  const failure = await answered(c, next);
  const { api } = c.var.ctx;
  const limit = api?.rateLimit ?? DEFAULT_LIMIT;
  if (api && (limit !== taken.limit || api.companyId !== taken.companyId)) {
    c.executionCtx.waitUntil(limiter.learn(limit, api.companyId));
  }
  return failure;
}

/** Nobody has heard of this key: its request is counted by address until the database has named the key. */
async function answerProbe(c: Context<AppEnv>, next: Next, hash: string) {
  const keys = keysWith(c, hash);
  const address = await countAddress(c).catch(async (refused: unknown) => {
    await keys.abandon(hash);
    throw refused;
  });
  const failure = await answered(c, next);
  if (isReal(c, failure)) {
    const { api } = c.var.ctx;
    const limiter = c.env.API_LIMITER.getByName(hash);
    const quota = await limiter.begin(api?.rateLimit ?? DEFAULT_LIMIT, api?.companyId ?? null);
    await keys.confirm(hash);
    setQuota(c, quota);
    await address.giveBack();
  } else if (failure instanceof AppError && failure.code === 'unauthorized') {
    await keys.deny(hash);
  } else {
    await keys.abandon(hash);
  }
  return failure;
}

/** Failures found before the database was asked, and so before it has checked the key. */
const UNCHECKED = new Set([400, 404, 405, 413, 415, 422]);

/**
 * Runs the handler and returns how it failed. Whoever may not ask at all is told that, and not what else was wrong:
 * a request that ended before its batch has its key checked all the same.
 */
async function answered(c: Context<AppEnv>, next: Next): Promise<Error | undefined> {
  await next();
  const { ctx, scope } = c.var;
  const isChecked = ctx.api || c.error instanceof Refusal;
  if (isChecked || !c.error || !UNCHECKED.has(c.res.status)) return c.error;
  try {
    await checkApiKey(ctx, scope ?? null);
    return c.error;
  } catch (refused) {
    return refused as Error;
  }
}

/** The database knows the key: it let it in, or refused something else about the request. */
function isReal(c: Context<AppEnv>, failure: Error | undefined): boolean {
  if (c.var.ctx.api) return true;
  return (
    failure instanceof AppError && failure.code !== 'unauthorized' && failure.code !== 'internal'
  );
}
