import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { UNSTORABLE } from '#src/lib/fields.ts';
import { type Answer, call } from '../api.ts';
import { freshCompany } from '../context.ts';
import { apiKeyFor } from '../server.ts';

let company: CompanyFixture;
let key: string;
let foreignKey: string;
beforeAll(async () => {
  company = await freshCompany({ apiRateLimit: 3000 });
  ({ key } = await apiKeyFor(company));
  ({ key: foreignKey } = await apiKeyFor(await freshCompany()));
});

let count = 0;
const someSku = () => `SKU-${(count += 1)}`;
const post = (json: unknown, headers = {}) => call('POST', '/products', { key, json, headers });
const patch = (id: string, json: unknown, headers = {}) =>
  call('PATCH', `/products/${id}`, { key, json, headers });
const get = (id: string) => call('GET', `/products/${id}`, { key });
const problem = (status: number, code: string, error: string) => ({
  status,
  body: { error, code },
});
const bad = (error: string) => problem(400, 'validation', error);
const TAKEN = problem(409, 'conflict', 'A product with this SKU already exists.');
const MISSING = problem(404, 'not_found', 'Product not found.');

const LEAST = { name: 'Widget', price: 8.5, stock: 120 };
const FULL = {
  name: 'Widget Blue',
  sku: 'WDG-001',
  description: 'Blue,\nround.',
  category: 'Widgets',
  unit: 'case',
  price: 8.5,
  stock: 120,
  isActive: false,
  lowStockThreshold: 7,
};
const CLEARED = { sku: null, description: null, category: null, lowStockThreshold: null };
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

async function someProduct(fields: object = {}): Promise<Answer['body']> {
  return (await post({ ...LEAST, ...fields })).body.data;
}

const each = (field: string, values: unknown[], message: string): [string, unknown, string][] =>
  values.map((value) => [field, value, message]);
const UNITS = 'must be a whole number from 0 to 1,000,000,000.';

/** The field, a value, and what is said about it; by POST and by PATCH alike. */
const BAD_VALUES: [string, unknown, string][] = [
  ...each('name', ['', '  ', null], 'Name is required.'),
  ...each('name', ['x'.repeat(201), 5, {}], 'Name must be at most 200 characters.'),
  ...each('sku', ['x'.repeat(101), 5], 'SKU must be at most 100 characters.'),
  ...each('description', ['x'.repeat(2001), []], 'Description must be at most 2000 characters.'),
  ...each('category', ['x'.repeat(101), true], 'Category must be at most 100 characters.'),
  ...each('unit', ['', null], 'Unit is required.'),
  ...each('unit', ['x'.repeat(31), 1], 'Unit must be at most 30 characters.'),
  ...each('price', [null], 'Price is required.'),
  ...each(
    'price',
    [-0.01, 1_000_000.01, '8.5', 1e300, {}],
    'Price must be between 0 and 1,000,000.',
  ),
  ...each('price', [0.001], 'Price must have at most 2 decimal places.'),
  ...each('stock', [null], 'Stock is required.'),
  ...each('stock', [-1, 1.5, 1_000_000_001, '5', 1e300], `Stock ${UNITS}`),
  ...each('isActive', ['true', 1, null], 'Active must be true or false.'),
  ...each('lowStockThreshold', [-1, 0.5, '5'], `Low-stock threshold ${UNITS}`),
  ...['name', 'sku', 'description', 'category', 'unit'].flatMap((field) =>
    each(field, ['a\0b', '\uD800'], UNSTORABLE),
  ),
];

describe('POST /api/v1/products', () => {
  it('creates a product with everything given', async () => {
    const { status, body, headers } = await post({ ...FULL, sku: ' WDG-001 ' });
    expect(status).toBe(201);
    expect(body).toEqual({
      data: {
        id: expect.stringMatching(/^prd_[0-9a-z]{26}$/),
        ...FULL,
        imageUrl: null,
        createdAt: expect.stringMatching(MOMENT),
        updatedAt: body.data.createdAt,
      },
    });
    const fetched = await get(body.data.id);
    expect(fetched.body).toEqual(body);
    expect(fetched.headers.get('ETag')).toBe(headers.get('ETag'));
  });

  it('fills in what is not given', async () => {
    expect(await someProduct()).toMatchObject({ ...CLEARED, unit: 'each', isActive: true });
    expect(await someProduct({ sku: '', category: ' ' })).toMatchObject(CLEARED);
  });

  it('keeps prices, stock and long texts exactly', async () => {
    for (const fields of [
      { price: 0 },
      { price: 0.07 },
      { price: 999_999.99 },
      { price: 1_000_000 },
      { stock: 0 },
      { stock: 1_000_000_000 },
      { name: '🍋'.repeat(200) },
      { description: 'ü\n'.repeat(999) + 'ü' },
    ]) {
      expect(await someProduct(fields)).toMatchObject(fields);
    }
  });

  it.each(BAD_VALUES)('refuses %s = %j', async (field, value, message) => {
    const { status, body } = await post({ ...LEAST, [field]: value });
    expect({ status, body }).toEqual(bad(message));
  });

  it('lists everything that is missing', async () => {
    expect((await post({})).body).toEqual({
      error: 'Name is required.',
      code: 'validation',
      fields: [
        { path: 'name', message: 'Name is required.' },
        { path: 'price', message: 'Price is required.' },
        { path: 'stock', message: 'Stock is required.' },
      ],
    });
  });

  it('refuses a SKU the company has, and only as it is written', async () => {
    const { sku } = await someProduct({ sku: someSku() });
    expect(await post({ ...LEAST, sku })).toMatchObject(TAKEN);
    expect((await post({ ...LEAST, sku: sku.toLowerCase() })).status).toBe(201);
    const foreign = await call('POST', '/products', { key: foreignKey, json: { ...LEAST, sku } });
    expect(foreign.status).toBe(201);
  });

  it('stops at the plan’s limit', async () => {
    const small = await apiKeyFor(await freshCompany({ maxProducts: 2 }));
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => call('POST', '/products', { key: small.key, json: LEAST })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    const limit = problem(422, 'plan_limit', "Your plan's product limit has been reached.");
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(2);
    for (const answer of refused) expect(answer).toMatchObject(limit);
  });

  it('happens once for each Idempotency-Key', async () => {
    const json = { ...LEAST, sku: someSku() };
    const once = { 'Idempotency-Key': someSku() };
    const first = await post(json, once);
    const again = await post(json, once);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect(again.headers.get('ETag')).toBe(first.headers.get('ETag'));
    expect(first.headers.has('Idempotent-Replayed')).toBe(false);
    expect(await post({ ...json, stock: 1 }, once)).toMatchObject(
      problem(422, 'rule', 'This Idempotency-Key was used with another body.'),
    );
  });
});

describe('PATCH /api/v1/products/{id}', () => {
  it('changes what is sent and answers with the whole product', async () => {
    const before = await someProduct({ ...FULL, sku: someSku() });
    const { status, body } = await patch(before.id, { price: 9.25, stock: 4, isActive: true });
    expect(status).toBe(200);
    const changed = { price: 9.25, stock: 4, isActive: true };
    expect(body.data).toEqual({ ...before, ...changed, updatedAt: expect.stringMatching(MOMENT) });
    expect(body.data.updatedAt > before.updatedAt).toBe(true);
    expect((await patch(before.id, CLEARED)).body.data).toMatchObject(CLEARED);
  });

  it('writes nothing when nothing changes', async () => {
    const fields = { ...FULL, sku: someSku() };
    const before = await someProduct(fields);
    const etag = (await get(before.id)).headers.get('ETag');
    for (const json of [{}, fields, { unknown: 1 }]) {
      const answer = await patch(before.id, json);
      expect(answer).toMatchObject({ status: 200, body: { data: before } });
      expect(answer.headers.get('ETag')).toBe(etag);
    }
  });

  it('refuses a SKU another product has', async () => {
    const sku = someSku();
    await someProduct({ sku });
    const { id } = await someProduct();
    expect(await patch(id, { sku })).toMatchObject(TAKEN);
  });

  it.each(BAD_VALUES)('refuses %s = %j', async (field, value, message) => {
    const { id } = await someProduct();
    const { status, body } = await patch(id, { [field]: value });
    expect({ status, body }).toEqual(bad(message));
  });

  it('changes only what is as it was seen, stock included', async () => {
    const { id } = await someProduct();
    const seen = (await get(id)).headers.get('ETag') ?? '';
    const changed = problem(412, 'changed_meanwhile', 'It was changed meanwhile: fetch it again.');
    const moved = await patch(id, { stock: 5 }, { 'If-Match': seen });
    expect(moved).toMatchObject({ status: 200, body: { data: { stock: 5 } } });
    expect(moved.headers.get('ETag')).not.toBe(seen);
    expect(await patch(id, { price: 1 }, { 'If-Match': seen })).toMatchObject(changed);
    const now = moved.headers.get('ETag') ?? '';
    expect((await patch(id, { price: 1 }, { 'If-Match': `"0", ${now}` })).status).toBe(200);
    expect(await patch(id, { price: 2 }, { 'If-Match': now })).toMatchObject(changed);
    expect((await patch(id, { price: 2 }, { 'If-Match': '*' })).status).toBe(200);
    expect((await get(id)).body.data).toMatchObject({ price: 2, stock: 5 });
  });

  it('is another version once somebody has ordered', async () => {
    const { id } = await someProduct();
    const seen = (await get(id)).headers.get('ETag') ?? '';
    const buyer = await call('POST', '/customers', { key, json: { email: 'etag@acme.test' } });
    const order = { customerId: buyer.body.data.id, items: [{ productId: id, quantity: 20 }] };
    expect((await call('POST', '/orders', { key, json: order })).status).toBe(201);
    const stale = await patch(id, { stock: 120 }, { 'If-Match': seen });
    expect(stale.status).toBe(412);
    expect((await get(id)).body.data.stock).toBe(100);
  });

  it('happens once for each Idempotency-Key', async () => {
    const { id } = await someProduct();
    const once = { 'Idempotency-Key': someSku() };
    const first = await patch(id, { stock: 50 }, once);
    await patch(id, { stock: 10 });
    const again = await patch(id, { stock: 50 }, once);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect((await get(id)).body.data.stock).toBe(10);
  });
});

describe('a product that is not there', () => {
  it.each([
    'prd_01k9h7m3v8e4nspb3s0h8x2v7q',
    'nonsense',
    'cus_01k9h7m3v8e4nspb3s0h8x2v7q',
    '%00',
    '%F0%9F',
    "'",
  ])('is not found: %s', async (id) => {
    expect(await get(id)).toMatchObject(MISSING);
    expect(await patch(id, { price: 1 })).toMatchObject(MISSING);
    expect(await patch(id, { price: 1 }, { 'If-Match': '"1.1"' })).toMatchObject(MISSING);
  });

  it('is another company’s', async () => {
    const { id } = await someProduct();
    const foreign = (method: string, json?: object) =>
      call(method, `/products/${id}`, { key: foreignKey, json });
    expect(await foreign('GET')).toMatchObject(MISSING);
    expect(await foreign('PATCH', { stock: 1 })).toMatchObject(MISSING);
    expect((await get(id)).body.data.stock).toBe(LEAST.stock);
  });
});

it('says which scope is missing', async () => {
  const { key: reader } = await apiKeyFor(company, ['products:read']);
  const { key: other } = await apiKeyFor(company, ['customers:write']);
  const lacks = (scope: string) =>
    problem(403, 'forbidden', `Insufficient permissions. This key lacks the "${scope}" scope.`);
  const asked = (method: string, as: string, path = '/products') =>
    call(method, path, { key: as, ...(method !== 'GET' && { json: LEAST }) });
  expect((await asked('GET', reader)).status).toBe(200);
  expect(await asked('POST', reader)).toMatchObject(lacks('products:write'));
  expect(await asked('PATCH', reader, '/products/x')).toMatchObject(lacks('products:write'));
  expect(await asked('GET', other)).toMatchObject(lacks('products:read'));
  expect(await asked('GET', other, '/products/x')).toMatchObject(lacks('products:read'));
});
