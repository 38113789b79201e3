import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { auditEntries, events, stockMovements } from '#db/schema/index.ts';
import { tenant } from '#src/tenant.ts';
import { and, eq, inArray } from 'drizzle-orm';
import { call } from '../api.ts';
import { as, freshCompany } from '../context.ts';
import { apiKeyFor } from '../server.ts';

let company: CompanyFixture;
let key: string;
beforeAll(async () => {
  company = await freshCompany({ apiRateLimit: 2000 });
  ({ key } = await apiKeyFor(company));
});

let count = 0;
const someSku = () => `Batch-${(count += 1)}.`;
const LEAST = { name: 'Widget', price: 8.5, stock: 120 };
const FULL = {
  ...LEAST,
  description: 'Line one\nline two',
  category: 'Kitchen',
  unit: 'case',
  isActive: false,
  lowStockThreshold: 3,
};
const send = (json: unknown, headers = {}) =>
  call('POST', '/products/batch', { key, json, headers });
const one = async (json: object) => (await call('POST', '/products', { key, json })).body.data;
const find = async (search: string) =>
  (await call('GET', `/products?search=${encodeURIComponent(search)}`, { key })).body.data;
const LIMIT = "Your plan's product limit has been reached.";

describe('POST /api/v1/products/batch', () => {
  it('creates and changes by SKU, and only what is sent', async () => {
    const [known, same, stocked] = [
      await one({ ...FULL, sku: someSku() }),
      await one({ ...FULL, sku: someSku() }),
      await one({ ...FULL, sku: someSku() }),
    ];
    const [added, bare] = [someSku(), someSku()];
    const { status, body } = await send({
      items: [
        { sku: ` ${known.sku} `, name: 'Größe\nXL', lowStockThreshold: null },
        { sku: added, ...FULL },
        { sku: same.sku, ...FULL },
        { sku: stocked.sku, stock: 0 },
        { sku: bare, ...LEAST },
      ],
    });
    expect(status).toBe(200);
    const statuses = body.data.map((item: { status: string }) => item.status);
    expect(statuses).toEqual(['updated', 'created', 'unchanged', 'updated', 'created']);
    const [changed, created, unchanged, moved, least] = body.data.map(
      ({ data }: { data: object }) => data,
    );
    const updatedAt = expect.any(String);
    expect(changed).toEqual({ ...known, name: 'Größe\nXL', lowStockThreshold: null, updatedAt });
    expect(created).toMatchObject({ sku: added, ...FULL });
    expect(unchanged).toEqual(same);
    expect(moved).toEqual({ ...stocked, stock: 0 });
    expect(least).toMatchObject({
      unit: 'each',
      isActive: true,
      category: null,
      description: null,
    });
    for (const row of [changed, created, moved]) {
      expect((await call('GET', `/products/${row.id}`, { key })).body.data).toEqual(row);
    }
  });

  it('is found by what it is called now', async () => {
    const { sku } = await one({ ...FULL, category: 'Oldcat', sku: someSku() });
    const change = async (fields: object) =>
      (await send({ items: [{ sku, ...fields }] })).body.data[0].data;
    await change({ name: 'Newname' });
    expect(await find('newname')).toMatchObject([{ sku }]);
    expect(await find('oldcat')).toMatchObject([{ sku }]);
    await change({ category: 'ÜBERRASCHUNG', description: 'Newwords' });
    expect(await find('oldcat')).toEqual([]);
    expect(await find('überraschung')).toMatchObject([{ sku, name: 'Newname' }]);
    // What describes a product is searched in the store only ("REST API", Products).
    expect(await find('newwords')).toEqual([]);
    await change({ category: null });
    expect(await find('überraschung')).toEqual([]);
    expect(await find(sku.toLowerCase())).toMatchObject([{ sku }]);
  });

  it('takes a hundred in one round trip, whatever their order', async () => {
    const items = Array.from({ length: 100 }, () => ({ sku: someSku(), ...LEAST }));
    const { status, body } = await send({ items: items.toReversed() });
    expect(status).toBe(200);
    expect(body.data.map(({ data }: { data: { sku: string } }) => data.sku)).toEqual(
      items.toReversed().map(({ sku }) => sku),
    );
    const wrong = { error: 'Send between 1 and 100 items.', code: 'validation' };
    for (const bad of [[...items, { sku: someSku(), ...LEAST }], []]) {
      expect(await send({ items: bad })).toMatchObject({ status: 400, body: wrong });
    }
  });

  it('moves stock by a movement, and tells of it like an edit', async () => {
    const known = await one({ ...LEAST, sku: someSku() });
    const items = [
      { sku: known.sku, stock: 100, price: 9 },
      { sku: someSku(), ...LEAST, stock: 7 },
    ];
    const { body } = await send({ items });
    const ids = body.data.map(({ data }: { data: { id: string } }) => data.id);
    const ctx = as(company, 'OWNER');
    const [movements, fired, logged] = await tenant(ctx, 'audit:read').batch([
      ctx.db.select().from(stockMovements).where(inArray(stockMovements.productId, ids)),
      ctx.db.select().from(events).where(inArray(events.entityId, ids)),
      ctx.db
        .select()
        .from(auditEntries)
        .where(and(inArray(auditEntries.entityId, ids), eq(auditEntries.actorType, 'API_KEY'))),
    ]);
    expect(movements.map(({ delta, reason }) => `${reason} ${delta}`).toSorted()).toEqual([
      'edit -20',
      'edit 120',
      'edit 7',
    ]);
    expect(fired).toMatchObject([
      { type: 'product.updated', snapshot: { stock: 100, priceCents: 900 } },
    ]);
    expect(logged.map(({ action }) => action).toSorted()).toEqual([
      'ProductCreated',
      'ProductCreated',
      'ProductUpdated',
      'ProductUpdated',
    ]);
  });

  it('writes nothing of an atomic batch when one item is wrong, and names every one that is', async () => {
    const [sku, twice, added] = [someSku(), someSku(), someSku()];
    const { status, body } = await send({
      items: [
        { sku, ...LEAST },
        { ...LEAST },
        { sku: twice, ...LEAST },
        { sku: `${twice} `, ...LEAST },
        { sku: twice.toLowerCase(), ...LEAST, price: null },
      ],
    });
    expect({ status, body }).toEqual({
      status: 400,
      body: {
        error: 'items.1.sku: SKU is required.',
        code: 'validation',
        fields: [
          { path: 'items.1.sku', message: 'SKU is required.' },
          { path: 'items.2.sku', message: 'Duplicate SKU: also in items.3.' },
          { path: 'items.3.sku', message: 'Duplicate SKU: also in items.2.' },
          { path: 'items.4.price', message: 'Price is required.' },
        ],
      },
    });
    const incomplete = await send({
      items: [
        { sku, ...LEAST },
        { sku: added, stock: 1 },
      ],
    });
    expect({ status: incomplete.status, body: incomplete.body }).toEqual({
      status: 400,
      body: {
        error: 'items.1.name: Name is required.',
        code: 'validation',
        fields: [
          { path: 'items.1.name', message: 'Name is required.' },
          { path: 'items.1.price', message: 'Price is required.' },
        ],
      },
    });
    expect(await find(sku)).toEqual([]);
  });

  it('writes what is sound where each item stands for itself', async () => {
    const [sku, added] = [someSku(), someSku()];
    const known = await one({ ...LEAST, sku: someSku() });
    const { status, body } = await send({
      items: [
        { sku: added, name: 'Incomplete', price: 1 },
        { sku, ...LEAST },
        { sku: known.sku, stock: 1 },
        { sku: someSku(), ...LEAST, stock: -1 },
        null,
      ],
      atomic: false,
    });
    expect(status).toBe(200);
    expect(body.data).toMatchObject([
      { index: 0, status: 'failed', error: { error: 'Stock is required.', code: 'validation' } },
      { index: 1, status: 'created', data: { sku } },
      { index: 2, status: 'updated', data: { ...known, stock: 1 } },
      { index: 3, status: 'failed', error: { code: 'validation' } },
      { index: 4, status: 'failed', error: { error: 'Each item must be an object.' } },
    ]);
    expect(await find(added)).toEqual([]);
  });

  it('stops at the plan’s limit: all of it, or what is left', async () => {
    const { key: small } = await apiKeyFor(await freshCompany({ maxProducts: 2 }));
    const first = { key: small, json: { ...LEAST, sku: 'A' } };
    const there = (await call('POST', '/products', first)).body.data;
    const items = [
      { sku: 'Incomplete' },
      { sku: 'C', ...LEAST },
      { sku: 'A', stock: 5 },
      { sku: 'B', ...LEAST },
    ];
    const whole = { items: items.slice(1) };
    expect(await call('POST', '/products/batch', { key: small, json: whole })).toMatchObject({
      status: 422,
      body: { error: LIMIT, code: 'plan_limit' },
    });
    const parts = { items, atomic: false };
    const { body } = await call('POST', '/products/batch', { key: small, json: parts });
    expect(body.data).toMatchObject([
      { index: 0, status: 'failed', error: { error: 'Name is required.' } },
      { index: 1, status: 'created' },
      { index: 2, status: 'updated', data: { id: there.id, stock: 5 } },
      { index: 3, status: 'failed', error: { error: LIMIT, code: 'plan_limit' } },
    ]);
  });

  it('happens once for each Idempotency-Key', async () => {
    const once = { 'Idempotency-Key': someSku() };
    const sku = someSku();
    const json = { items: [{ sku, ...LEAST }, { sku: someSku() }], atomic: false };
    const first = await send(json, once);
    await send({ items: [{ sku, stock: 3 }] });
    const again = await send(json, once);
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await find(sku)).toMatchObject([{ stock: 3 }]);
  });

  it('is one company’s own', async () => {
    const { sku, id } = await one({ ...LEAST, sku: someSku() });
    const { key: foreign } = await apiKeyFor(await freshCompany());
    const json = { items: [{ sku, ...LEAST, name: 'Theirs' }] };
    const { body } = await call('POST', '/products/batch', { key: foreign, json });
    expect(body.data).toMatchObject([{ status: 'created', data: { name: 'Theirs' } }]);
    expect(await find(sku)).toMatchObject([{ id, name: 'Widget' }]);
    const { key: reader } = await apiKeyFor(company, ['products:read', 'customers:write']);
    expect((await call('POST', '/products/batch', { key: reader, json })).status).toBe(403);
    expect((await call('PATCH', '/products/batch', { key, json })).status).toBe(405);
  });
});
