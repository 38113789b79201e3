import { describe, expect, it } from 'vitest';
import { type Id, newId } from '#db/ids.ts';
import type { WindowDecision } from '#src/lib/sliding-window.ts';
import { server } from '../server.ts';

type Take = WindowDecision & {
  key: string;
  limit: number;
  takenAt: number;
  companyId: Id<'company'> | null;
};
type Limiter = {
  take(now?: number): Promise<Take>;
  confirm(takenAt: number, limit: number): Promise<unknown>;
  deny(): Promise<void>;
  abandon(): Promise<void>;
  learn(limit: number, companyId: Id<'company'>): Promise<void>;
};

/** The object itself, called as the Worker calls it. What eviction does to it: api-rate-limit.test.ts. */
const env = await server
  .getWorker<{ API_LIMITER: { getByName(name: string): Limiter } }>()
  .getEnv();
const limiter = (name: string) => env.API_LIMITER.getByName(`objects-test-${name}`);
const NOW = Date.now();

/** A key the database has accepted: its first request, at `now`, is counted. */
async function known(name: string, limit: number, now = NOW): Promise<Limiter> {
  const object = limiter(name);
  const probe = await object.take(now);
  expect(probe).toMatchObject({ key: 'probe', accepted: true });
  await object.confirm(probe.takenAt, limit);
  return object;
}

describe('ApiLimiter', () => {
  it('accepts 60 in any sliding minute and names the moment it resets', async () => {
    const object = await known('sixty', 60, Date.now());
    const takes = await Promise.all(Array.from({ length: 70 }, () => object.take()));
    expect(takes.filter(({ accepted }) => accepted)).toHaveLength(59);
    const refused = takes.find(({ accepted }) => !accepted);
    expect(refused).toMatchObject({ key: 'known', limit: 60, remaining: 0 });
    expect(refused?.retryAfter).toBeGreaterThan(50);
    expect(refused?.resetAt).toBeGreaterThan(Date.now() / 1000 + 50);
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

  it('lets one request of an unproven key ask, and counts the others once it is confirmed', async () => {
    const object = limiter('burst');
    const probe = await object.take();
    const others = Promise.all(Array.from({ length: 9 }, () => object.take()));
    await object.confirm(probe.takenAt, 600);
    const takes = await others;
    expect(takes.map(({ key }) => key)).toEqual(Array(9).fill('known'));
    expect(Math.min(...takes.map(({ remaining }) => remaining))).toBe(590);
  });

  it('refuses whoever waited for a denied key, and asks anew after an abandoned probe', async () => {
    const object = limiter('unknown');
    await object.take();
    const waiting = [object.take(), object.take()];
    await object.deny();
    expect((await Promise.all(waiting)).map(({ key }) => key)).toEqual(['unknown', 'unknown']);
    await object.take();
    const next = object.take();
    await object.abandon();
    expect((await next).key).toBe('probe');
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

  it('forgets a key after an idle hour', async () => {
    const longAgo = Date.now() - 2 * 3_600_000;
    const object = await known('idle', 60, longAgo);
    // Asked as of then: a request of now would keep the key for another hour.
    const ask = async (): Promise<string> => (await object.take(longAgo + 1)).key;
    await expect.poll(ask, { timeout: 10_000, interval: 200 }).toBe('probe');
  });
});
