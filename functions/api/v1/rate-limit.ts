import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { clientAddress } from '../../client-address.ts';
import { AppError } from '#src/lib/errors.ts';
import { shardOf } from '#src/lib/shard.ts';
import type { AppEnv } from '../../app-env.ts';
import type { Quota } from '../../objects/api-limiter.ts';

/** Requests a minute from one address without a key we know. Many people may share an address, so it is generous. */
const ADDRESS_LIMIT = 300;

/** Addresses share so many objects: anybody has as many addresses as they like. */
const ADDRESS_SHARDS = 64;

/** 429 with the seconds to wait in its body. */
export class RateLimited extends AppError {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('rate_limited', `Rate limit exceeded. Try again in ${retryAfter} seconds.`);
    this.retryAfter = retryAfter;
  }
}

/** Writes the rate limit headers; throws when the minute is used up. */
export function setQuota(c: Context<AppEnv>, quota: Quota): void {
  const { accepted, limit, remaining, resetAt, retryAfter } = quota;
  c.header('X-RateLimit-Limit', String(limit));
  c.header('X-RateLimit-Remaining', String(remaining));
  c.header('X-RateLimit-Reset', String(resetAt));
  if (accepted) return;
  c.header('Retry-After', String(retryAfter));
  throw new RateLimited(retryAfter);
}

/** Counts a request by the client's address, in memory only; `giveBack` when it showed a valid key after all. */
export async function countAddress(c: Context<AppEnv>): Promise<{ giveBack(): Promise<void> }> {
  const network = clientAddress(c);
  const limiter = c.env.ADDRESS_LIMITER.getByName(shardOf(network, ADDRESS_SHARDS));
  const quota = await limiter.take(network, ADDRESS_LIMIT);
  setQuota(c, quota);
  return { giveBack: async () => limiter.giveBack(network, quota.takenAt) };
}

/** For what is answered without a key. */
export const byAddress = createMiddleware<AppEnv>(async function byAddress(c, next) {
  await countAddress(c);
  await next();
});
