import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { someAddress } from '../address.ts';
import { type Answer, call } from '../api.ts';
import { freshCompany } from '../context.ts';
import { apiKeyFor, server } from '../server.ts';

const worker = server.getWorker();

let company: CompanyFixture;
beforeAll(async () => {
  company = await freshCompany();
});

const list = (key: string, headers = {}) => call('GET', '/customers?limit=1', { key, headers });
const times = <T>(n: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, index) => work(index)));
const withStatus = <T extends Answer>(answers: T[], status: number) =>
  answers.filter((answer) => answer.status === status);
const number = (answer: Answer | undefined, header: string) => Number(answer?.headers.get(header));

describe('rate limit of a key', () => {
  it('accepts 60 of a burst that starts cold, and tells everybody where they stand', async () => {
    const { key } = await apiKeyFor(company);
    const from = Math.floor(Date.now() / 1000);
    const answers = await times(90, () => list(key));
    const accepted = withStatus(answers, 200);
    const refused = withStatus(answers, 429);
    expect([accepted.length, refused.length]).toEqual([60, 30]);
    expect(
      accepted.map((answer) => number(answer, 'X-RateLimit-Remaining')).toSorted((a, b) => a - b),
    ).toEqual(Array.from({ length: 60 }, (_, n) => n));
    const until = Math.ceil(Date.now() / 1000);
    for (const answer of answers) {
      expect(number(answer, 'X-RateLimit-Limit')).toBe(60);
      expect(number(answer, 'X-RateLimit-Reset')).toBeGreaterThanOrEqual(from + 60);
      expect(number(answer, 'X-RateLimit-Reset')).toBeLessThanOrEqual(until + 60);
    }
    for (const answer of refused) {
      const wait = number(answer, 'Retry-After');
      expect(wait).toBeGreaterThan(60 - (until - from) - 1);
      expect(wait).toBeLessThanOrEqual(60);
      expect(number(answer, 'X-RateLimit-Remaining')).toBe(0);
      expect(answer.body).toEqual({
        error: `Rate limit exceeded. Try again in ${wait} seconds.`,
        code: 'rate_limited',
        retryAfter: wait,
      });
    }
    const other = await apiKeyFor(company);
    expect(number(await list(other.key), 'X-RateLimit-Remaining')).toBe(59);
  });

  it('counts every kind of answer', async () => {
    const { key } = await apiKeyFor(company, ['customers:read']);
    const mixed = [
      () => list(key),
      () => call('GET', '/customers/nobody', { key }),
      () => call('GET', '/customers?status=x', { key }),
      () => call('POST', '/customers', { key, json: {} }),
      () => call('POST', '/customers', { key, raw: '{' }),
      () => call('DELETE', '/customers', { key }),
    ];
    const statuses = [200, 404, 400, 403, 403, 405];
    for (const [n, request] of mixed.entries()) {
      const answer = await request();
      expect(answer.status).toBe(statuses[n]);
      expect(number(answer, 'X-RateLimit-Remaining')).toBe(59 - n);
    }
  });

  it('accepts 60 however the requests come and however often the object loses its memory', async () => {
    const { key, hash } = await apiKeyFor(company);
    const answers: (Answer & { sentAt: number; answeredAt: number })[] = [];
    const ask = async () => {
      const sentAt = Date.now();
      const answer = await list(key);
      answers.push({ ...answer, sentAt, answeredAt: Date.now() });
    };
    for (let n = 0; n < 10; n += 1) {
      await times(Math.ceil(Math.random() * 20), ask);
      await worker.evictDurableObject('API_LIMITER', { name: hash });
    }
    await times(60, ask);
    const accepted = withStatus(answers, 200).toSorted((a, b) => a.sentAt - b.sentAt);
    expect(accepted.length).toBeGreaterThanOrEqual(60);
    expect(withStatus(answers, 429)).toHaveLength(answers.length - accepted.length);
    // On a machine that takes longer than a minute, the window lets more in.
    for (const [n, first] of accepted.slice(0, -60).entries()) {
      const later = accepted.slice(n + 60).map(({ answeredAt }) => answeredAt);
      expect(Math.max(...later) - first.sentAt).toBeGreaterThanOrEqual(60_000);
    }
  });

  it('is the company’s own where it has one', async () => {
    const { key } = await apiKeyFor(await freshCompany({ apiRateLimit: 5 }));
    const first = await list(key);
    expect([number(first, 'X-RateLimit-Limit'), number(first, 'X-RateLimit-Remaining')]).toEqual([
      5, 4,
    ]);
    expect(withStatus(await times(10, () => list(key)), 200)).toHaveLength(4);
    const large = await apiKeyFor(await freshCompany({ apiRateLimit: 200 }));
    expect(withStatus(await times(210, () => list(large.key)), 200)).toHaveLength(200);
  });
});

describe('rate limit without a key', () => {
  const unknownKey = () => `dk_${randomBytes(32).toString('base64url')}`;

  it('counts by address, and leaves keys that are known alone', async () => {
    const { key } = await apiKeyFor(company);
    const here = { 'CF-Connecting-IP': someAddress() };
    expect((await list(key, here)).status).toBe(200);
    const answers = await times(305, (n) =>
      n % 2 ? call('GET', '/customers', { headers: here }) : list(unknownKey(), here),
    );
    expect(withStatus(answers, 401)).toHaveLength(300);
    expect(withStatus(answers, 429)).toHaveLength(5);
    expect((await call('GET', '/nothing', { headers: here })).status).toBe(429);
    expect((await call('OPTIONS', '/customers', { headers: here })).status).toBe(429);
    expect((await list(key, here)).status).toBe(200);
    expect((await call('GET', '/customers')).status).toBe(401);
  });
});
