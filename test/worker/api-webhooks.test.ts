import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { EVENTS, EVENT_TYPES } from '#src/events/event-types.ts';
import { BAD_PORT } from '#src/webhooks/public-url.ts';
import { call, openApi } from '../api.ts';
import { freshCompany } from '../context.ts';
import { apiKeyFor, receiver } from '../server.ts';

let company: CompanyFixture;
let key: string;
beforeAll(async () => {
  company = await freshCompany({ apiRateLimit: 2000 });
  ({ key } = await apiKeyFor(company));
});

const INPUT = { url: 'https://erp.example.com/hook', events: ['order.created'] };
const post = (path: string, json?: unknown, headers: Record<string, string> = {}) =>
  call('POST', path, { key, json, headers });
const get = (path: string) => call('GET', path, { key });
const problem = (status: number, code: string, error: string) => ({
  status,
  body: { error, code },
});
const once = () => ({ 'Idempotency-Key': newId('message') });

async function someWebhook(input: object = {}) {
  const { status, body, headers } = await post('/webhooks', { ...INPUT, ...input });
  expect(status, JSON.stringify(body)).toBe(201);
  return { ...body.data, etag: headers.get('ETag') };
}

/** One that may be sent to, at a path of its own. */
const reachable = (path = `ok/${newId('webhook')}`) =>
  someWebhook({ url: receiver.url(path), events: ['customer.created'] }).then((webhook) => ({
    ...webhook,
    path,
  }));

async function remove(...ids: string[]) {
  for (const id of ids) {
    expect(await call('DELETE', `/webhooks/${id}`, { key })).toMatchObject({
      status: 204,
      body: null,
    });
  }
}

describe('/api/v1/webhooks', () => {
  it('makes one with a secret, shows it without, changes and deletes it', async () => {
    const made = await post('/webhooks', INPUT);
    expect(made).toMatchObject({ status: 201, body: { data: { ...INPUT, active: true } } });
    const { secret, ...shown } = made.body.data;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(shown).toEqual({
      id: expect.stringMatching(/^whk_[0-9a-z]{26}$/),
      ...INPUT,
      active: true,
      disabledReason: null,
      failingSince: null,
      createdAt: expect.any(String),
      updatedAt: shown.createdAt,
    });
    const { id } = shown;
    const found = await get(`/webhooks/${id}`);
    expect(found.body).toEqual({ data: shown });
    expect((await get('/webhooks')).body.data).toContainEqual(shown);

    const etag = found.headers.get('ETag') ?? '';
    expect(etag).toBe(made.headers.get('ETag'));
    const patch = (json: object, headers = {}) =>
      call('PATCH', `/webhooks/${id}`, { key, json, headers });
    const off = await patch({ active: false }, { 'If-Match': etag });
    expect(off).toMatchObject({ status: 200, body: { data: { ...INPUT, active: false } } });
    expect(off.body.data).not.toHaveProperty('secret');
    expect(await patch({ active: true }, { 'If-Match': etag })).toMatchObject(
      problem(412, 'changed_meanwhile', 'It was changed meanwhile: fetch it again.'),
    );
    expect((await patch({})).headers.get('ETag')).toBe(off.headers.get('ETag'));

    await remove(id);
    for (const answer of [
      await get(`/webhooks/${id}`),
      await patch({}),
      await call('DELETE', `/webhooks/${id}`, { key }),
      await get(`/webhooks/${id}/deliveries`),
      await post(`/webhooks/${id}/test`),
      await post(`/webhooks/${id}/rotate-secret`),
      await post(`/webhooks/${id}/replay`, {
        from: '2026-03-01T12:00:00Z',
        to: '2026-03-02T12:00:00Z',
      }),
    ]) {
      expect(answer).toMatchObject(problem(404, 'not_found', 'Webhook not found.'));
    }
  });

  it.each([
    [{}, 'URL must be between 1 and 2048 characters.'],
    [
      { ...INPUT, url: `https://x.com/${'a'.repeat(2048)}` },
      'URL must be between 1 and 2048 characters.',
    ],
    [{ ...INPUT, url: 'https://10.0.0.1/' }, 'URL must point to a host on the public internet.'],
    [{ ...INPUT, url: 'https://[::1]/' }, 'URL must point to a host on the public internet.'],
    [{ ...INPUT, url: 'http://127.0.0.1:1/' }, 'URL must point to a host on the public internet.'],
    [{ ...INPUT, url: 'https://example.com:22/' }, BAD_PORT],
    [{ ...INPUT, url: 'https://api.test/' }, 'URL must not point to this service itself.'],
    [
      { ...INPUT, url: 'nonsense' },
      'URL must be a complete address, like https://example.com/hooks.',
    ],
    [{ url: INPUT.url }, 'Choose at least one event.'],
    [{ ...INPUT, events: [] }, 'Choose at least one event.'],
    [{ ...INPUT, events: ['order.eaten'] }, 'Unknown event.'],
    [{ ...INPUT, active: 1 }, 'Active must be true or false.'],
  ])('refuses %j', async (json, message) => {
    expect(await post('/webhooks', json)).toMatchObject(problem(400, 'validation', message));
  });

  it('gives the first answer again to the same key, secrets too', async () => {
    const headers = once();
    const [first, second] = [
      await post('/webhooks', INPUT, headers),
      await post('/webhooks', INPUT, headers),
    ];
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await post('/webhooks', { ...INPUT, active: false }, headers)).toMatchObject({
      status: 422,
    });
    const { id, secret } = first.body.data;
    const rotation = once();
    const rotated = await post(`/webhooks/${id}/rotate-secret`, undefined, rotation);
    expect(rotated).toMatchObject({ status: 200, body: { data: { id } } });
    expect(rotated.body.data.secret).not.toBe(secret);
    const again = await post(`/webhooks/${id}/rotate-secret`, undefined, rotation);
    expect(again.body).toEqual(rotated.body);
    await remove(id);
  });

  it('rotates a secret five times in 24 hours, and keeps nothing of a sixth', async () => {
    const { id } = (await post('/webhooks', INPUT)).body.data;
    const rotate = (headers = {}) => post(`/webhooks/${id}/rotate-secret`, undefined, headers);
    for (let count = 0; count < 5; count += 1) expect((await rotate()).status).toBe(200);
    const text = 'A secret can be rotated at most 5 times in 24 hours.';
    const headers = once();
    for (let count = 0; count < 2; count += 1) {
      const refused = await rotate(headers);
      expect(refused).toMatchObject(problem(422, 'rotation_limit', text));
      expect(JSON.stringify(refused.body)).not.toContain('whsec_');
    }
    const shown = await get(`/webhooks/${id}`);
    expect(JSON.stringify(shown.body)).not.toMatch(/whsec_|ecret/);
    await remove(id);
  });

  it('keeps nothing of a change to a port that is not allowed', async () => {
    const { id } = (await post('/webhooks', INPUT)).body.data;
    const headers = once();
    const json = { url: 'https://erp.example.com:6379/' };
    for (let count = 0; count < 2; count += 1) {
      const refused = await call('PATCH', `/webhooks/${id}`, { key, json, headers });
      expect(refused).toMatchObject(problem(400, 'validation', BAD_PORT));
    }
    await remove(id);
  });

  it('stops at 10 a company, however many are asked for at once', async () => {
    const other = await freshCompany({ apiRateLimit: 2000 });
    const { key: otherKey } = await apiKeyFor(other);
    const ask = () => call('POST', '/webhooks', { key: otherKey, json: INPUT });
    await ask();
    const answers = await Promise.all(Array.from({ length: 14 }, ask));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(9);
    expect(answers.find(({ status }) => status !== 201)).toMatchObject(
      problem(422, 'rule', 'A company can have at most 10 webhooks.'),
    );
    const page = await call('GET', '/webhooks?limit=4', { key: otherKey });
    expect(page.body).toMatchObject({ data: { length: 4 }, pagination: { hasMore: true } });
    const cursor = page.body.pagination.nextCursor;
    const rest = await call('GET', `/webhooks?cursor=${cursor}`, { key: otherKey });
    expect(rest.body).toMatchObject({ data: { length: 6 }, pagination: { hasMore: false } });
  });

  it('needs the scopes', async () => {
    const { key: reader } = await apiKeyFor(company, ['webhooks:read']);
    expect((await call('GET', '/webhooks', { key: reader })).status).toBe(200);
    expect(await call('POST', '/webhooks', { key: reader, json: INPUT })).toMatchObject({
      status: 403,
      body: { error: 'Insufficient permissions. This key lacks the "webhooks:write" scope.' },
    });
  });
});

describe('deliveries', () => {
  it('are listed, looked up, sent again and replayed, once for each key', async () => {
    const { id, path, secret } = await reachable();
    const log = `/webhooks/${id}/deliveries`;
    expect((await get(log)).body).toEqual({
      data: [],
      pagination: { hasMore: false, nextCursor: null },
    });
    const headers = once();
    const tested = await post(`/webhooks/${id}/test`, undefined, headers);
    const { delivery } = tested.body.data;
    expect(tested).toMatchObject({ status: 202 });
    const again = await post(`/webhooks/${id}/test`, undefined, headers);
    expect(again.body).toEqual(tested.body);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    await receiver.arrived(path);

    const created = await post('/customers', { email: `${newId('customer')}@x.test` });
    expect(created.status).toBe(201);
    await receiver.arrived(path, 2);
    const listed = await get(`${log}?limit=1`);
    expect(listed.body).toMatchObject({
      data: [{ event: 'customer.created' }],
      pagination: { hasMore: true },
    });
    const { nextCursor } = listed.body.pagination;
    const next = await get(`${log}?limit=1&cursor=${nextCursor}`);
    expect(next.body).toMatchObject({
      data: [{ id: delivery, event: 'webhook.test' }],
      pagination: { hasMore: false },
    });
    expect(await get(`${log}?state=lost`)).toMatchObject(
      problem(400, 'validation', 'Invalid state.'),
    );
    expect(await get(`${log}?cursor=junk`)).toMatchObject(
      problem(400, 'validation', 'Invalid cursor.'),
    );

    const shown = await get(`${log}/${delivery}`);
    expect(shown.body.data).toMatchObject({ id: delivery, event: 'webhook.test' });
    expect(shown.body.data.requestBody).toBe(receiver.at(path)[0]?.body);
    expect(shown.text).not.toContain(secret);
    expect(await get(`${log}/dlv_none`)).toMatchObject(
      problem(404, 'not_found', 'Delivery not found.'),
    );

    const redelivery = once();
    for (let round = 0; round < 2; round += 1) {
      const sent = await post(`${log}/${delivery}/redeliver`, undefined, redelivery);
      expect(sent).toMatchObject({ status: 202, body: { data: { delivery } } });
    }
    const [first, , second] = await receiver.arrived(path, 3);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(await post(`${log}/dlv_none/redeliver`)).toMatchObject(
      problem(404, 'not_found', 'Delivery not found.'),
    );

    const range = {
      from: created.body.data.createdAt,
      to: new Date(Date.now() + 60_000).toISOString(),
    };
    const key1 = once();
    for (let round = 0; round < 2; round += 1) {
      const replayed = await post(`/webhooks/${id}/replay`, range, key1);
      expect(replayed).toMatchObject({ status: 202, body: { data: { deliveries: 1 } } });
    }
    await receiver.arrived(path, 4);
    await remove(id);
  });

  it('are not started by what is off, or by a range that is none', async () => {
    const { id } = await someWebhook({ active: false });
    const range = { from: '2026-03-01T12:00:00Z', to: '2026-03-01T18:00:00+02:00' };
    for (const answer of [
      await post(`/webhooks/${id}/test`),
      await post(`/webhooks/${id}/replay`, range),
    ]) {
      expect(answer).toMatchObject(
        problem(422, 'rule', 'This webhook is off. Switch it on first.'),
      );
    }
    for (const [json, message] of [
      [{}, 'from must be a time like 2026-03-01T12:00:00Z.'],
      [{ ...range, to: '2026-02-30T12:00:00Z' }, 'to must be a time like 2026-03-01T12:00:00Z.'],
      [{ from: range.to, to: range.from }, 'The range must end after it begins.'],
    ] as const) {
      expect(await post(`/webhooks/${id}/replay`, json)).toMatchObject(
        problem(400, 'validation', message),
      );
    }
    await remove(id);
  });
});

describe('the document', () => {
  it('describes every event, and says which are still to come', async () => {
    const { webhooks } = (await openApi()) as unknown as {
      webhooks: Record<string, { post: { description?: string; requestBody: object } }>;
    };
    expect(Object.keys(webhooks).toSorted()).toEqual([...EVENT_TYPES, 'webhook.test'].toSorted());
    for (const type of EVENT_TYPES) {
      const isComing = EVENTS[type].data === null;
      const text = JSON.stringify(webhooks[type]?.post);
      expect(text.includes('Coming:'), type).toBe(isComing);
      expect(text.includes('#/components/schemas/'), type).toBe(!isComing);
      expect(text).toContain('webhook-signature');
    }
  });
});
