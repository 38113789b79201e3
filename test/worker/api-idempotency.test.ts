import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Id, newId } from '#db/ids.ts';
import { call } from '../api.ts';
import { type ApiShop, apiShop, problem, rule } from '../api-shop.ts';
import { everythingOf } from '../company-rows.ts';
import { productsFor } from '../products.ts';
import { apiKeyFor, expectErrorLog } from '../server.ts';
import { setFaults } from '../faults.ts';

let shop: ApiShop;
let flour: Id<'product'>;
beforeAll(async () => {
  shop = await apiShop();
  [flour = 'prd_'] = await productsFor(shop.company, [{ name: 'Flour', sku: 'F', stock: 9999 }]);
});

afterEach(() => setFaults({}));

/** What the company has that no replay may touch. */
async function written(): Promise<unknown> {
  const { orders, customers, stock_movements, events, audit_entries, idempotency_keys } =
    await everythingOf(shop.company);
  return { orders, customers, stock_movements, events, audit_entries, idempotency_keys };
}

const REPLAYED = 'Idempotent-Replayed';
const OTHER_BODY = rule('This Idempotency-Key was used with another body.');
let count = 0;
const someKey = () => `key ${(count += 1)} of ${shop.company.slug}`;
const send = (method: string, path: string, json: unknown, key: string, headers = {}) =>
  call(method, path, { key: shop.key, json, headers: { 'Idempotency-Key': key, ...headers } });
const orderOf = (quantity: number) => ({
  customerId: shop.customerId,
  items: [{ productId: flour, quantity }],
});

/** A request of each kind, and another body for it. */
const KINDS: [
  string,
  () => Promise<[method: string, path: string, body: object, other: object]>,
][] = [
  ['POST /orders', async () => ['POST', '/orders', orderOf(1), orderOf(2)]],
  [
    'POST /customers',
    async () => {
      const email = `${newId('customer')}@once.test`;
      return ['POST', '/customers', { email }, { email, name: 'x' }];
    },
  ],
  [
    'PATCH /customers/{id}',
    async () => {
      const id = await shop.someCustomer();
      return ['PATCH', `/customers/${id}`, { notes: 'a' }, { notes: 'b' }];
    },
  ],
  [
    'PATCH /orders/{id}',
    async () => {
      const { id } = (await shop.post(orderOf(1))).body.data;
      return ['PATCH', `/orders/${id}`, { status: 'CANCELLED' }, { status: 'SHIPPED' }];
    },
  ],
];

describe.each(KINDS)('%s', (_, some) => {
  it('is answered the second time as it was the first, whatever happened since', async () => {
    const [method, path, json, other] = await some();
    const key = someKey();
    const first = await send(method, path, json, key);
    expect(first.status).toBeLessThan(300);
    expect(first.headers.has(REPLAYED)).toBe(false);
    const { id } = first.body.data;
    const [noun] = path.slice(1).split('/');
    const change = noun === 'orders' ? { status: 'CANCELLED' } : { notes: 'since' };
    await call('PATCH', `/${noun}/${id}`, { key: shop.key, json: change });
    const before = await written();
    for (let n = 0; n < 3; n += 1) {
      const again = await send(method, path, json, key);
      expect([again.status, again.text]).toEqual([first.status, first.text]);
      expect(again.headers.get(REPLAYED)).toBe('true');
      expect(again.headers.get('ETag')).toBe(first.headers.get('ETag'));
    }
    expect(await send(method, path, other, key)).toMatchObject(OTHER_BODY);
    expect(await written()).toEqual(before);
  });

  it('gets its first answer where that was lost after it was committed', async () => {
    expectErrorLog(/./);
    const [method, path, json] = await some();
    const key = someKey();
    await setFaults({ match: 'begin_idempotent', dropNext: 1 });
    expect((await send(method, path, json, key)).status).toBe(500);
    const before = await written();
    const again = await send(method, path, json, key);
    expect(again.status).toBe(method === 'POST' ? 201 : 200);
    expect(again.headers.get(REPLAYED)).toBe('true');
    expect(await written()).toEqual(before);
  });

  it('keeps nothing of an accident that undid everything', async () => {
    expectErrorLog(/./);
    const [method, path, json, other] = await some();
    const key = someKey();
    await setFaults({ match: 'begin_idempotent', errorNext: 1 });
    expect((await send(method, path, json, key)).status).toBe(500);
    const next = await send(method, path, other, key);
    expect([next.status, next.headers.has(REPLAYED)]).toEqual([
      method === 'POST' ? 201 : 200,
      false,
    ]);
  });

  it('takes keys of at most 255 characters', async () => {
    const [method, path, json] = await some();
    const error = 'Idempotency-Key must be between 1 and 255 characters.';
    const long = 'x'.repeat(256);
    expect(await send(method, path, json, long)).toMatchObject(problem(400, 'validation', error));
    const longest = newId('event').padEnd(255, 'x');
    expect((await send(method, path, json, longest)).status).toBeLessThan(300);
  });
});

describe('an order under a key', () => {
  it('that was refused may be sent again with the same key, changed or not', async () => {
    const key = someKey();
    expect((await send('POST', '/orders', orderOf(99_999), key)).body.code).toBe('rule');
    expect((await send('POST', '/orders', { ...orderOf(1), customerId: 'x' }, key)).status).toBe(
      404,
    );
    expect((await send('POST', '/orders', { items: [] }, key)).status).toBe(400);
    const kept = (await everythingOf(shop.company))['idempotency_keys'];
    expect(JSON.stringify(kept)).not.toContain(key);
    expect((await send('POST', '/orders', orderOf(1), key)).status).toBe(201);
  });

  it('is the same of every key of the company, and none of another one’s', async () => {
    const key = someKey();
    const first = await send('POST', '/orders', orderOf(1), key);
    const second = await apiKeyFor(shop.company);
    const headers = { 'Idempotency-Key': key };
    const again = await call('POST', '/orders', { key: second.key, json: orderOf(1), headers });
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(again.headers.get(REPLAYED)).toBe('true');
    const json = { email: 'same@key.test' };
    const foreign = await call('POST', '/customers', { key: shop.foreignKey, json, headers });
    expect([foreign.status, foreign.headers.has(REPLAYED)]).toEqual([201, false]);
  });

  it('means another one at another path', async () => {
    const key = someKey();
    await send('POST', '/orders', orderOf(1), key);
    const answer = await send('POST', '/customers', { email: 'other@path.test' }, key);
    expect([answer.status, answer.headers.has(REPLAYED)]).toEqual([201, false]);
  });

  it('keeps its place and its answer when the month is full', async () => {
    const small = await apiShop({ maxOrders: 1 });
    const [productId] = await productsFor(small.company, [{ name: 'Flour' }]);
    const json = { customerId: small.customerId, items: [{ productId, quantity: 1 }] };
    const headers = { 'Idempotency-Key': 'once' };
    const first = await small.post(json, headers);
    expect(first.status).toBe(201);
    // By another key of the company it would be another order to the month's object, which has no place left.
    const { key } = await apiKeyFor(small.company);
    await call('GET', '/orders', { key });
    for (const options of [{ key: small.key }, { key }]) {
      const again = await call('POST', '/orders', { ...options, json, headers });
      expect([again.status, again.text]).toEqual([201, first.text]);
    }
    const other = await small.post(json, { 'Idempotency-Key': 'twice' });
    expect(other).toMatchObject(
      problem(422, 'plan_limit', 'This store has reached its monthly order limit.'),
    );
  });
});
