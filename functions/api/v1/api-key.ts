import type { Context, Next } from 'hono';
import { createMiddleware } from 'hono/factory';
import { AppError, Refusal } from '#src/lib/errors.ts';
import { sha256 } from '#src/lib/sha256.ts';
import { checkApiKey } from '#src/tenant.ts';
import type { AppEnv } from '../../app-env.ts';
import { DEFAULT_LIMIT, type Take } from '../../objects/api-limiter.ts';
import { announceDue, requestContext } from '../../request-context.ts';
import { countAddress, setQuota } from './rate-limit.ts';

type Limiter = ReturnType<Env['API_LIMITER']['getByName']>;

/**
 * Counts the request and names its key; the first batch of the request checks the key itself, so a revoked key is
 * refused at the very next request. Fails closed: no count, no answer.
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
  const limiter = c.env.API_LIMITER.getByName(hash);
  const taken = await limiter.take();
  if (taken.key === 'unknown') {
    await countAddress(c);
    throw new AppError('unauthorized', 'Invalid, expired, or revoked API key.');
  }
  c.set('ctx', requestContext(c, { kind: 'api_key', hash }));
  const failure =
    taken.key === 'known'
      ? await answerKnown(c, next, limiter, taken)
      : await answerProbe(c, next, limiter, taken);
  announceDue(c);
  if (failure && failure !== c.error) throw failure;
});

async function answerKnown(c: Context<AppEnv>, next: Next, limiter: Limiter, taken: Take) {
  setQuota(c, taken);
  if (taken.companyId) c.set('companyId', taken.companyId);
  const failure = await answer(c, next);
  const { api } = c.var.ctx;
  const limit = api?.rateLimit ?? DEFAULT_LIMIT;
  if (api && (limit !== taken.limit || api.companyId !== taken.companyId)) {
    c.executionCtx.waitUntil(limiter.learn(limit, api.companyId));
  }
  return failure;
}

/** The limiter has never heard of this key: its request is counted by address until the database has named the key. */
async function answerProbe(c: Context<AppEnv>, next: Next, limiter: Limiter, taken: Take) {
  const address = await countAddress(c).catch(async (refused: unknown) => {
    await limiter.abandon();
    throw refused;
  });
  const failure = await answer(c, next);
  if (isReal(c, failure)) {
    const { api } = c.var.ctx;
    const limit = api?.rateLimit ?? DEFAULT_LIMIT;
    setQuota(c, await limiter.confirm(taken.takenAt, limit, api?.companyId));
    await address.giveBack();
  } else if (failure instanceof AppError && failure.code === 'unauthorized') {
    await limiter.deny();
  } else {
    await limiter.abandon();
  }
  return failure;
}

/** Failures found before the database was asked, and so before it has checked the key. */
const UNCHECKED = new Set([400, 404, 405, 413, 415, 422]);

/**
 * Runs the handler and returns how it failed. Whoever may not ask at all is told that, and not what else was wrong:
 * a request that ended before its batch has its key checked all the same.
 */
async function answer(c: Context<AppEnv>, next: Next): Promise<Error | undefined> {
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
