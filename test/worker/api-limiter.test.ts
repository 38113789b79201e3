import { describe, expect, it } from 'vitest';
import { type Id, newId } from '#db/ids.ts';
import type { WindowDecision } from '#src/lib/sliding-window.ts';
import { server } from '../server.ts';

type Take = WindowDecision & { limit: number; companyId: Id<'company'> | null };
type Limiter = {
  take(now?: number): Promise<Take>;
  begin(limit: number, companyId: Id<'company'> | null, now?: number): Promise<Take>;
  learn(limit: number, companyId: Id<'company'>): Promise<void>;
};
type Keys = {
  ask(hash: string): Promise<string>;
  confirm(hash: string): Promise<void>;
  deny(hash: string): Promise<void>;
  abandon(hash: string): Promise<void>;
};

/** The objects themselves, called as the Worker calls them. What eviction does to them: api-rate-limit.test.ts. */
const env = await server
  .getWorker<{
    API_LIMITER: { getByName(name: string): Limiter };
    API_KEYS: { getByName(name: string): Keys };
  }>()
  .getEnv();
const limiter = (name: string) => env.API_LIMITER.getByName(`objects-test-${name}`);
const NOW = Date.now();

/** A key the database has accepted: its first request, at `now`, is counted. */
async function known(name: string, limit: number, now = NOW): Promise<Limiter> {
  const object = limiter(name);
  expect(await object.begin(limit, null, now)).toMatchObject({ accepted: true, limit });
  return object;
}

describe('ApiKeys', () => {
  const keys = env.API_KEYS.getByName('objects-test');

  it('lets one request of an unproven key ask, and remembers a key that is confirmed', async () => {
    expect(await keys.ask('real')).toBe('probe');
    const others = Promise.all(Array.from({ length: 9 }, () => keys.ask('real')));
    expect(await keys.ask('another')).toBe('probe');
    await keys.confirm('real');
    expect(await others).toEqual(Array(9).fill('known'));
    expect(await keys.ask('real')).toBe('known');
  });

  it('refuses whoever waited for a denied key, and asks anew after an abandoned probe', async () => {
    expect(await keys.ask('unknown')).toBe('probe');
    const waiting = [keys.ask('unknown'), keys.ask('unknown')];
    await keys.deny('unknown');
    expect(await Promise.all(waiting)).toEqual(['unknown', 'unknown']);
    expect(await keys.ask('unknown')).toBe('probe');
    const next = keys.ask('unknown');
    await keys.abandon('unknown');
    expect(await next).toBe('probe');
  });
});

describe('ApiLimiter', () => {
  it('accepts 60 in any sliding minute and names the moment it resets', async () => {
    const object = await known('sixty', 60);
    const takes = await Promise.all(Array.from({ length: 70 }, () => object.take(NOW)));
    expect(takes.filter(({ accepted }) => accepted)).toHaveLength(59);
    const refused = takes.find(({ accepted }) => !accepted);
    expect(refused).toMatchObject({ limit: 60, remaining: 0 });
    expect(refused?.retryAfter).toBe(60);
    expect(refused?.resetAt).toBe(Math.ceil(NOW / 1000) + 60);
    expect((await limiter('another').take()).remaining).toBe(59);
  });

  it('slides: what leaves the window makes room at that millisecond, not before', async () => {
    const object = await known('slides', 2);
    expect(await object.take(NOW + 1000)).toMatchObject({ accepted: true, remaining: 0 });
    expect(await object.take(NOW + 59_999)).toMatchObject({ accepted: false, retryAfter: 1 });
    expect(await object.take(NOW + 60_000)).toMatchObject({ accepted: true, remaining: 0 });
    expect((await object.take(NOW + 60_999)).accepted).toBe(false);
    expect((await object.take(NOW + 61_000)).accepted).toBe(true);
  });

  it("follows the company's limit up and down, and knows whose it is", async () => {
    const object = await known('limits', 2);
    const companyId = newId('company');
    expect(await object.take(NOW + 1)).toMatchObject({ companyId: null });
    await object.learn(4, companyId);
    expect(await object.take(NOW + 2)).toMatchObject({
      accepted: true,
      limit: 4,
      remaining: 1,
      companyId,
    });
    await object.learn(1, companyId);
    expect(await object.take(NOW + 3)).toMatchObject({ accepted: false, limit: 1 });
    expect((await object.take(NOW + 60_001)).accepted).toBe(false);
    expect((await object.take(NOW + 60_002)).accepted).toBe(true);
  });

  it('forgets the requests of a key after an idle hour, and keeps its limit', async () => {
    const longAgo = Date.now() - 2 * 3_600_000;
    const object = await known('idle', 700, longAgo);
    // Asked as of then: a request of now would count for another hour.
    const ask = async (): Promise<Take> => object.take(longAgo + 1);
    await expect.poll(ask, { timeout: 10_000, interval: 200 }).toMatchObject({ remaining: 699 });
    expect(await ask()).toMatchObject({ limit: 700 });
  });
});
