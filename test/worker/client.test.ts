import { describe, expect, it } from 'vitest';
import { DistribuError } from '#functions/api/client/src/index.ts';
import { all, answer, someClient } from '../client.ts';

const CUSTOMERS = 130;

/** How a call fails. */
async function failure(call: Promise<unknown>): Promise<DistribuError> {
  const error: unknown = await call.then(() => null).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DistribuError);
  return error as DistribuError;
}

describe('calls', () => {
  it('creates, reads and changes, only as it was seen last', async () => {
    const { client } = await someClient();
    const created = await client.post('/customers', { body: { email: 'a@calls.test' } });
    expect(created.data).toMatchObject({ email: 'a@calls.test', status: 'ACTIVE' });
    const params = { path: { id: created.data.id } };
    const seen = await client.get('/customers/{id}', { params });
    expect(seen.data).toEqual(created.data);
    const headers = { 'If-Match': seen.response.headers.get('ETag') };
    const body = { status: 'BLOCKED' as const };
    const changed = await client.patch('/customers/{id}', { params, headers, body });
    expect(changed.data.status).toBe('BLOCKED');
    const late = client.patch('/customers/{id}', { params, headers, body: { name: 'Late' } });
    expect(await failure(late)).toMatchObject({ status: 412, code: 'changed_meanwhile' });
  });

  it('has nothing but the answer where there is no body', async () => {
    const { client } = await someClient();
    const body = { url: 'https://hooks.example.com/', events: ['order.created' as const] };
    const { data } = await client.post('/webhooks', { body: { ...body, active: false } });
    expect(data.secret).toMatch(/^whsec_/);
    const params = { path: { id: data.id } };
    const gone = await client.delete('/webhooks/{id}', { params });
    expect([Object.keys(gone), gone.response.status]).toEqual([['response'], 204]);
    const again = client.delete('/webhooks/{id}', { params });
    expect(await failure(again)).toMatchObject({ message: 'Webhook not found.' });
  });

  it('takes only what the document knows', async () => {
    const { client, sent } = await someClient();
    const wrong = [
      // @ts-expect-error -- no such path
      () => client.get('/nothing'),
      // @ts-expect-error -- no such method
      () => client.delete('/customers'),
      // @ts-expect-error -- the email is missing
      () => client.post('/customers', { body: {} }),
      // @ts-expect-error -- no such filter
      () => client.get('/customers', { params: { query: { state: 'ACTIVE' } } }),
      // @ts-expect-error -- no list
      () => client.paginate('/customers/{id}', { params: { path: { id: 'cus_1' } } }),
    ];
    expect([wrong.length, sent.length]).toEqual([5, 0]);
  });

  it('finds the API whatever the base URL ends with, and wants a key', async () => {
    const fetched: string[] = [];
    const fetch = ({ url }: Request) => {
      fetched.push(url);
      return Promise.resolve(answer(200, { data: [] }));
    };
    for (const baseUrl of ['https://a.test', 'https://a.test/', 'https://a.test/api/v1/']) {
      await (await someClient({ baseUrl, fetch })).client.get('/customers');
    }
    expect(new Set(fetched)).toEqual(new Set(['https://a.test/api/v1/customers']));
    await expect(someClient({ apiKey: '' })).rejects.toThrow('apiKey is missing');
  });
});

describe('paginate', () => {
  it('walks through a list of several pages, each row once, newest first', async () => {
    const { client, sent } = await someClient();
    const create = (n: number) =>
      client.post('/customers', {
        body: { email: `c${n}@walk.test`, status: n % 2 ? 'BLOCKED' : 'ACTIVE' },
      });
    await Promise.all(Array.from({ length: CUSTOMERS }, (_, n) => create(n)));
    sent.length = 0;
    const rows = await all(client.paginate('/customers'));
    expect(sent).toHaveLength(2);
    expect(new Set(rows.map(({ email }) => email)).size).toBe(CUSTOMERS);
    const moments = rows.map(({ createdAt }) => createdAt);
    expect(moments).toEqual(moments.toSorted().toReversed());

    const query = { status: 'BLOCKED' as const, limit: 20 };
    const blocked = await all(client.paginate('/customers', { params: { query } }));
    expect(blocked).toEqual(rows.filter(({ status }) => status === 'BLOCKED'));
  });

  it('fetches no further than the caller reads, and is done at once with nothing', async () => {
    const { client, sent } = await someClient();
    expect(await all(client.paginate('/customers'))).toEqual([]);
    for (const email of ['a@stop.test', 'b@stop.test', 'c@stop.test']) {
      await client.post('/customers', { body: { email } });
    }
    sent.length = 0;
    const options = { params: { query: { limit: 1 } } };
    for await (const { email } of client.paginate('/customers', options)) {
      if (email === 'b@stop.test') break;
    }
    expect(sent).toHaveLength(2);
  });
});

describe('errors', () => {
  it('carry what the API says', async () => {
    const { client, sent } = await someClient();
    await client.post('/customers', { body: { email: 'a@errors.test' } });
    const missing = client.get('/customers/{id}', { params: { path: { id: 'cus_no' } } });
    expect(await failure(missing)).toMatchObject({
      name: 'DistribuError',
      message: 'Customer not found.',
      status: 404,
      code: 'not_found',
      fields: [],
      requestId: expect.stringMatching(/^[\w-]{8,}$/),
    });
    const body = { email: 'nobody', creditLimit: -1 };
    expect(await failure(client.post('/customers', { body }))).toMatchObject({
      status: 400,
      code: 'validation',
      fields: [
        { path: 'email', message: 'Invalid email address.' },
        { path: 'creditLimit', message: 'Credit limit must be between 0 and 100000000.' },
      ],
    });
    const again = client.post('/customers', { body: { email: 'a@errors.test' } });
    expect(await failure(again)).toMatchObject({ status: 409, code: 'conflict' });
    expect(sent).toHaveLength(4);
  });

  it('tell a wrong key from one that may not', async () => {
    const wrong = await someClient({ apiKey: 'dk_wrong' });
    expect(await failure(wrong.client.get('/customers'))).toMatchObject({ code: 'unauthorized' });
    const reader = await someClient({ scopes: ['customers:read'] });
    const write = reader.client.post('/customers', { body: { email: 'a@scope.test' } });
    expect(await failure(write)).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('say so where it was not the API that answered', async () => {
    const html = '<h1>Bad gateway</h1>';
    const proxy = await someClient({ maxRetries: 0, troubles: [answer(502, html)] });
    expect(await failure(proxy.client.get('/customers'))).toMatchObject({
      status: 502,
      code: 'unexpected',
    });
    const portal = await someClient({ troubles: [answer(200, html)] });
    expect(await failure(portal.client.get('/customers'))).toMatchObject({
      status: 200,
      code: 'unexpected',
    });
  });
});
