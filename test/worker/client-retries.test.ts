import { afterEach, describe, expect, it } from 'vitest';
import { retryingFetch, sleep } from '#functions/api/client/src/retrying-fetch.ts';
import { all, answer, someClient } from '../client.ts';
import { freshCompany } from '../context.ts';
import { expectErrorLog } from '../server.ts';
import { setFaults } from '../faults.ts';

const STILL_RUNNING = {
  error: 'A request with this Idempotency-Key is still running.',
  code: 'conflict',
};

afterEach(() => setFaults({}));

const keysOf = (sent: Request[]) => sent.map(({ headers }) => headers.get('Idempotency-Key'));

describe('a write', () => {
  it('whose answers are lost has one key for all its tries, and happens once', async () => {
    const { client, sent, waits } = await someClient({ troubles: ['lost', 'refused', 'lost'] });
    const { data, response } = await client.post('/customers', { body: { email: 'a@lost.test' } });
    expect(data.email).toBe('a@lost.test');
    expect(response.headers.get('Idempotent-Replayed')).toBe('true');
    expect(waits).toEqual([375, 750, 1500]);
    const [first, ...others] = keysOf(sent);
    expect(first).toMatch(/^[\da-f-]{36}$/);
    expect(others).toEqual([first, first, first]);
    expect(await all(client.paginate('/customers'))).toEqual([data]);
  });

  it('that the server committed and lost its own answer to happens once', async () => {
    expectErrorLog(/./);
    const { client, sent } = await someClient();
    await client.get('/customers');
    await setFaults({ match: 'enter_api_key', dropNext: 1 });
    const { data } = await client.post('/customers', { body: { email: 'a@drop.test' } });
    expect(sent).toHaveLength(3);
    expect(await all(client.paginate('/customers'))).toEqual([data]);
  });

  it('is sent again with the caller’s key, and is another write with another', async () => {
    const { client, sent } = await someClient({ troubles: ['lost'] });
    const params = { path: { id: '' } };
    const post = await client.post('/customers', {
      headers: { 'Idempotency-Key': 'import-17' },
      body: { email: 'a@own.test' },
    });
    params.path.id = post.data.id;
    await client.patch('/customers/{id}', { params, body: { name: 'One' } });
    await client.patch('/customers/{id}', { params, body: { name: 'Two' } });
    const [first, second, third, fourth] = keysOf(sent);
    expect([first, second]).toEqual(['import-17', 'import-17']);
    expect(third).not.toBe(fourth);
  });

  it('waits while the first request with its key is running, and for no other conflict', async () => {
    const troubles = [answer(409, STILL_RUNNING), answer(409, STILL_RUNNING)];
    const { client, sent } = await someClient({ troubles });
    await client.post('/customers', { body: { email: 'a@running.test' } });
    expect([sent.length, new Set(keysOf(sent)).size]).toEqual([3, 1]);
    const again = client.post('/customers', { body: { email: 'a@running.test' } });
    await expect(again).rejects.toMatchObject({ status: 409 });
    expect(sent).toHaveLength(4);
  });

  it('without a key is never sent again', async () => {
    let sent = 0;
    const send = retryingFetch({
      fetch: () => Promise.resolve(answer(503, String(++sent))),
      maxRetries: 4,
      timeoutMs: 1000,
      sleep,
      random: Math.random,
    });
    for (const method of ['PUT', 'DELETE']) {
      const request = new Request('https://a.test/things/1', { method });
      expect((await send(request)).status).toBe(503);
    }
    expect(sent).toBe(2);
  });
});

describe('a read', () => {
  it('comes through what passes', async () => {
    const troubles = [answer(502, '<h1>'), 'refused' as const, answer(503), answer(504)];
    const { client, waits } = await someClient({ troubles });
    expect((await client.get('/customers')).data).toEqual([]);
    expect(waits).toEqual([375, 750, 1500, 3000]);
  });

  it('comes through a database that is away for a moment', async () => {
    expectErrorLog(/./);
    const { client, sent } = await someClient();
    await setFaults({ match: 'enter_api_key', errorNext: 2 });
    expect((await client.get('/customers')).data).toEqual([]);
    expect(sent).toHaveLength(3);
  });

  it('is given up after the last retry, with the reason', async () => {
    const { client, sent } = await someClient({ troubles: Array(9).fill('refused') });
    const failure = { code: 'network', status: 0, requestId: null, cause: expect.any(TypeError) };
    await expect(client.get('/customers')).rejects.toMatchObject(failure);
    expect(sent).toHaveLength(5);
  });

  it('is not sent again when the server has said no', async () => {
    const { client, sent } = await someClient();
    const read = client.get('/customers/{id}', { params: { path: { id: 'cus_no' } } });
    await expect(read).rejects.toMatchObject({ status: 404 });
    expect(sent).toHaveLength(1);
  });
});

describe('a limit', () => {
  it('is waited for as long as the server says', async () => {
    const company = await freshCompany({ apiRateLimit: 1 });
    const { client, sent, waits } = await someClient({ company, maxRetries: 2 });
    await client.get('/customers');
    await expect(client.get('/customers')).rejects.toMatchObject({ code: 'rate_limited' });
    expect(sent).toHaveLength(4);
    // A minute less what has passed since the first request, and a bit so that not all come back at once.
    expect(waits).toHaveLength(2);
    for (const wait of waits) {
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(60_500);
    }
  });

  it('may be a date, and is not waited for when it is far away', async () => {
    const soon = new Date(Date.now() + 55_000).toUTCString();
    const troubles = [
      answer(429, '', { 'Retry-After': '7' }),
      answer(503, '', { 'Retry-After': soon }),
      answer(503, '', { 'Retry-After': '3600' }),
    ];
    const { client, waits } = await someClient({ troubles });
    await expect(client.get('/customers')).rejects.toMatchObject({ status: 503 });
    expect(waits[0]).toBe(7250);
    expect(waits[1]).toBeGreaterThan(5_000);
    expect(waits[1]).toBeLessThanOrEqual(55_250);
    expect(waits).toHaveLength(2);
  });
});

describe('patience', () => {
  it('ends for one try after its time', async () => {
    const fetch = ({ signal }: Request) =>
      new Promise<Response>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    const { client, waits } = await someClient({ fetch, timeoutMs: 20, maxRetries: 1 });
    const failure = { code: 'network', cause: { name: 'TimeoutError' } };
    await expect(client.get('/customers')).rejects.toMatchObject(failure);
    expect(waits).toHaveLength(1);
  });

  it('ends when the caller’s does, between tries as well', async () => {
    const caller = new AbortController();
    const troubles = [answer(503, '', { 'Retry-After': '60' })];
    const waiting: typeof sleep = (ms, signal) => {
      queueMicrotask(() => caller.abort(new Error('Enough.')));
      return sleep(ms, signal);
    };
    const { client, sent } = await someClient({ troubles, sleep: waiting });
    const { signal } = caller;
    await expect(client.get('/customers', { signal })).rejects.toThrow('Enough.');
    await expect(client.get('/customers', { signal })).rejects.toThrow('Enough.');
    expect(sent.length).toBeLessThanOrEqual(2);
  });
});
