import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Id, newId } from '#db/ids.ts';
import { events } from '#db/schema/index.ts';
import { UNSTORABLE } from '#src/lib/fields.ts';
import { LIMIT_REACHED } from '#src/orders/order-places.ts';
import { setPrice } from '#src/prices/set-price.ts';
import { tenant } from '#src/tenant.ts';
import { type Answer, call } from '../api.ts';
import { type ApiShop, apiShop, bad, MOMENT, problem, rule } from '../api-shop.ts';
import { everythingOf } from '../company-rows.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { apiKeyFor } from '../server.ts';

let shop: ApiShop;
let customerId: Id<'customer'>;
let flour: Id<'product'>;
let oil: Id<'product'>;
let inactive: Id<'product'>;
const order = (items: unknown, fields: object = {}) => shop.post({ customerId, items, ...fields });

beforeAll(async () => {
  shop = await apiShop();
  ({ customerId } = shop);
  [flour = 'prd_', oil = 'prd_', inactive = 'prd_'] = await productsFor(shop.company, [
    { name: 'Flour', sku: 'FLR-1', priceCents: 850, stock: 1_000_000 },
    { name: 'Oil', sku: 'oil-1', priceCents: 1999, stock: 3 },
    { name: 'Old salt', sku: 'SLT', active: false },
  ]);
});

describe('POST /api/v1/orders', () => {
  it('places the whole order, and answers with all of it', async () => {
    const address = { line1: 'Main St 1', city: 'Springfield', country: 'US' };
    const before = await shop.stockOf(flour);
    const { status, body, headers } = await order(
      [
        { productId: flour, quantity: 10 },
        { sku: 'oil-1', quantity: 1 },
      ],
      { poNumber: ' PO-12345 ', notes: 'Dock B', shippingAddress: address },
    );
    expect(status).toBe(201);
    const { id } = body.data;
    expect(body.data).toEqual({
      id: expect.stringMatching(/^ord_[0-9a-z]{26}$/),
      number: expect.any(Number),
      status: 'SUBMITTED',
      poNumber: 'PO-12345',
      notes: 'Dock B',
      total: 104.99,
      currency: 'USD',
      createdAt: MOMENT,
      updatedAt: body.data.createdAt,
      customerId,
      items: [
        {
          id: `${id}-1`,
          quantity: 10,
          unitPrice: 8.5,
          productId: flour,
          productName: 'Flour',
          productSku: 'FLR-1',
          unit: 'each',
        },
        expect.objectContaining({ id: `${id}-2`, quantity: 1, unitPrice: 19.99, productId: oil }),
      ],
      shippingAddress: { label: '', line2: null, region: null, postalCode: null, ...address },
      subtotal: 104.99,
      tax: 0,
      shipping: 0,
    });
    const got = await call('GET', `/orders/${id}`, { key: shop.key });
    expect(got.body).toEqual(body);
    expect(got.headers.get('ETag')).toBe(headers.get('ETag'));
    expect(await shop.stockOf(flour)).toBe((before ?? 0) - 10);
  });

  it('tells webhooks of it, and nobody by mail', async () => {
    const { body } = await order([{ productId: flour, quantity: 1 }]);
    const ctx = as(shop.company, 'OWNER');
    const [found] = await tenant(ctx, 'webhooks:read').batch([
      ctx.db
        .select({ type: events.type, actor: events.actorType })
        .from(events)
        .where(and(eq(events.companyId, shop.company.id), eq(events.entityId, body.data.id))),
    ]);
    expect(found).toEqual([{ type: 'order.created', actor: 'API_KEY' }]);
    const { outbox: mails = [] } = await everythingOf(shop.company);
    expect(JSON.stringify(mails)).not.toContain(body.data.id);
  });

  it('takes catalogue prices, and the customer’s own where asked to', async () => {
    await setPrice(as(shop.company, 'OWNER'), customerId, flour, { price: 500, seen: null });
    const items = [{ productId: flour, quantity: 2 }];
    expect((await order(items)).body.data.total).toBe(17);
    expect((await order(items, { pricing: 'catalog' })).body.data.total).toBe(17);
    expect((await order(items, { pricing: 'customer' })).body.data.total).toBe(10);
  });

  it('adds up a product that is named twice, by id and by SKU', async () => {
    const { body } = await order([
      { productId: flour, quantity: 2 },
      { sku: 'FLR-1', quantity: 3 },
      { productId: flour, quantity: 4 },
      { sku: 'FLR-1', quantity: 5 },
    ]);
    expect(body.data.items).toMatchObject([{ productId: flour, quantity: 14 }]);
    const most = [
      { productId: flour, quantity: 60_000 },
      { sku: 'FLR-1', quantity: 60_000 },
    ];
    expect(await order(most)).toMatchObject(rule('quantity must be at most 99999'));
  });

  it.each<[string, object | null, string]>([
    ['no body', {}, 'customerId is required'],
    ['null', { customerId: null }, 'customerId is required'],
    ['an empty customer', { customerId: '' }, 'customerId is required'],
    ['a number', { customerId: 5 }, 'customerId is required'],
    ['no items', { items: undefined }, 'At least one item is required'],
    ['empty items', { items: [] }, 'At least one item is required'],
    ['items that are none', { items: 'flour' }, 'At least one item is required'],
    ['an item that is none', { items: [5] }, 'productId is required'],
    ['no product', { items: [{ quantity: 1 }] }, 'productId is required'],
    ['an empty product', { items: [{ productId: '', quantity: 1 }] }, 'productId is required'],
    ['a number as product', { items: [{ productId: 5, quantity: 1 }] }, 'productId is required'],
    ['no quantity', { items: [{ sku: 'x' }] }, 'quantity must be a number'],
    ['a text', { items: [{ sku: 'x', quantity: '3' }] }, 'quantity must be a number'],
    ['null as quantity', { items: [{ sku: 'x', quantity: null }] }, 'quantity must be a number'],
    ['half', { items: [{ sku: 'x', quantity: 1.5 }] }, 'quantity must be a whole number'],
    ['huge', { items: [{ sku: 'x', quantity: 1e300 }] }, 'quantity must be a whole number'],
    ['nothing', { items: [{ sku: 'x', quantity: 0 }] }, 'quantity must be at least 1'],
    ['less', { items: [{ sku: 'x', quantity: -1 }] }, 'quantity must be at least 1'],
    ['too much', { items: [{ sku: 'x', quantity: 1e5 }] }, 'quantity must be at most 99999'],
    [
      'both',
      { items: [{ sku: 'x', productId: 'y', quantity: 1 }] },
      'Send productId or sku, not both',
    ],
    ['a long PO', { poNumber: 'x'.repeat(51) }, 'PO number must be at most 50 characters.'],
    ['long notes', { notes: 'x'.repeat(2001) }, 'Notes must be at most 2000 characters.'],
    ['NUL', { notes: 'a\0b' }, UNSTORABLE],
    ['NUL in a SKU', { items: [{ sku: '\0', quantity: 1 }] }, UNSTORABLE],
    ['no prices', { pricing: 'mine' }, 'pricing must be "catalog" or "customer"'],
    [
      'no city',
      { shippingAddress: { line1: 'Main St' } },
      'City must be between 1 and 200 characters.',
    ],
  ])('refuses %s', async (_, json, message) => {
    const valid = { customerId, items: [{ productId: flour, quantity: 1 }] };
    const answer = await shop.post(
      json && Object.keys(json).length > 0 ? { ...valid, ...json } : {},
    );
    expect(answer).toMatchObject({ status: 400, body: { error: message, code: 'validation' } });
  });

  it('names everything that is wrong', async () => {
    const { body } = await shop.post({
      items: [{ productId: flour, quantity: 0 }, { quantity: 'x' }],
    });
    expect(body.fields).toEqual([
      { path: 'customerId', message: 'customerId is required' },
      { path: 'items.0.quantity', message: 'quantity must be at least 1' },
      { path: 'items.1.quantity', message: 'quantity must be a number' },
      { path: 'items.1.productId', message: 'productId is required' },
    ]);
  });

  it('refuses more than 500 products', async () => {
    const items = Array.from({ length: 501 }, (_, n) => ({ sku: `S-${n}`, quantity: 1 }));
    expect(await order(items)).toMatchObject(bad('An order can have at most 500 lines.'));
  });

  it('does not find what is not there, or another company’s', async () => {
    const items = [{ productId: flour, quantity: 1 }];
    for (const id of [newId('customer'), 'nonsense', flour])
      expect(await order(items, { customerId: id })).toMatchObject(
        problem(404, 'not_found', 'Customer not found.'),
      );
    const foreign = await call('POST', '/orders', {
      key: shop.foreignKey,
      json: { customerId, items },
    });
    expect(foreign).toMatchObject(problem(404, 'not_found', 'Customer not found.'));
    for (const item of [{ productId: newId('product') }, { productId: 'x' }, { sku: 'flr-1' }])
      expect(await order([{ ...item, quantity: 1 }])).toMatchObject(
        problem(404, 'not_found', 'Product not found.'),
      );
  });

  it('takes nothing of an order with lines that are gone or short, and names each of them', async () => {
    const before = await everythingOf(shop.company);
    expect(await order([{ productId: inactive, quantity: 1 }])).toMatchObject(
      rule('Old salt is no longer available.'),
    );
    expect(await order([{ sku: 'oil-1', quantity: 4 }])).toMatchObject(
      rule('Not enough stock for Oil. Only 2 available.'),
    );
    const short = 'Not enough stock for Oil. Only 2 available.';
    const { status, body } = await order([
      { productId: flour, quantity: 1 },
      { sku: 'oil-1', quantity: 2 },
      { sku: 'SLT', quantity: 1 },
      { productId: oil, quantity: 1 },
    ]);
    expect({ status, body }).toEqual({
      status: 422,
      body: {
        error: short,
        code: 'rule',
        fields: [
          { path: 'items.1.quantity', message: short },
          { path: 'items.2.sku', message: 'Old salt is no longer available.' },
          { path: 'items.3.quantity', message: short },
        ],
      },
    });
    const missing = await order([
      { productId: 'x', quantity: 1 },
      { sku: 'oil-1', quantity: 99 },
      { sku: 'none', quantity: 1 },
    ]);
    expect(missing).toMatchObject({ status: 404, body: { error: 'Product not found.' } });
    expect(missing.body.fields.map(({ path }: { path: string }) => path)).toEqual([
      'items.0.productId',
      'items.1.quantity',
      'items.2.sku',
    ]);
    expect(await everythingOf(shop.company)).toEqual(before);
  });

  it('refuses a blocked customer', async () => {
    const blocked = await shop.someCustomer({ status: 'BLOCKED' });
    expect(await order([{ productId: flour, quantity: 1 }], { customerId: blocked })).toMatchObject(
      rule('This customer is blocked and cannot order.'),
    );
  });

  it('stops at the month’s limit, and tells a key without the scope that alone', async () => {
    const small = await freshCompany({ maxOrders: 2 });
    const [productId] = await productsFor(small, [{ name: 'Flour' }]);
    const { key: owner } = await apiKeyFor(small);
    const email = 'buyer@small.test';
    const buyer = await call('POST', '/customers', { key: owner, json: { email } });
    const json = { customerId: buyer.body.data.id, items: [{ productId, quantity: 1 }] };
    const answers: Answer[] = [];
    for (let n = 0; n < 4; n += 1)
      answers.push(await call('POST', '/orders', { key: owner, json }));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 422, 422]);
    expect(answers[3]).toMatchObject(problem(422, 'plan_limit', LIMIT_REACHED));
    const { key: reader } = await apiKeyFor(small, ['orders:read']);
    await call('GET', '/orders', { key: reader });
    expect((await call('POST', '/orders', { key: reader, json })).status).toBe(403);
  });

  it('gives back the place of an order that was refused', async () => {
    const small = await freshCompany({ maxOrders: 1 });
    const [productId] = await productsFor(small, [{ name: 'Flour', stock: 1 }]);
    const { key: owner } = await apiKeyFor(small);
    const email = 'buyer@small.test';
    const buyer = await call('POST', '/customers', { key: owner, json: { email } });
    const attempt = (quantity: number) =>
      call('POST', '/orders', {
        key: owner,
        json: { customerId: buyer.body.data.id, items: [{ productId, quantity }] },
        headers: { 'Idempotency-Key': `with ${quantity}` },
      });
    expect((await attempt(2)).body.code).toBe('rule');
    await expect.poll(async () => (await attempt(1)).status, { timeout: 5000 }).toBe(201);
  });
});
