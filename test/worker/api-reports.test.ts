import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Id, newId } from '#db/ids.ts';
import { companies } from '#db/schema/index.ts';
import { encodeCursor } from '#src/lib/cursor.ts';
import { changeOrderStatus } from '#src/orders/change-order-status.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { PERIOD_PROBLEMS } from '#src/reports/period.ts';
import { system } from '#src/tenant.ts';
import { call } from '../api.ts';
import { type ApiShop, apiShop, bad } from '../api-shop.ts';
import { as, context } from '../context.ts';
import { productsFor } from '../products.ts';
import { apiKeyFor } from '../server.ts';

let shop: ApiShop;
let products: Id<'product'>[];
/** Who brought what in March: 30, 20, 20, 0 with a cancelled order. */
let customers: Id<'customer'>[];

const get = (path: string) => call('GET', `/reports/${path}`, { key: shop.key });
const MARCH = 'from=2026-03-01&to=2026-03-31';

async function ordered(
  now: string,
  customer: number | null,
  dollars: number,
): Promise<Id<'order'>> {
  const id = newId('order');
  const customerId = customer === null ? null : customers[customer];
  const lines = [{ productId: products[0], quantity: dollars }];
  await placeOrder(as(shop.company, 'OWNER', { now: new Date(now) }), { id, customerId, lines });
  return id;
}
const become = (id: Id<'order'>, status: 'SHIPPED' | 'CANCELLED') =>
  changeOrderStatus(as(shop.company, 'OWNER'), id, status, null);

async function setCurrency(currency: string): Promise<void> {
  const ctx = context({ kind: 'nobody' });
  const mine = eq(companies.id, shop.company.id);
  await system(ctx).batch([ctx.db.update(companies).set({ currency }).where(mine)]);
}

beforeAll(async () => {
  // Far from Greenwich: the API's days are not the company's.
  shop = await apiShop({ timeZone: 'Pacific/Auckland', currency: 'USD' });
  products = await productsFor(shop.company, [
    { name: 'Flour', sku: 'FLR', category: 'Dry', priceCents: 100, stock: 10_097 },
    { name: 'apples', priceCents: 250, stock: 0 },
    { name: 'Oil', priceCents: 1999, stock: 3, active: false },
    { name: 'Salt', priceCents: 33, stock: 50, lowStockThreshold: 50 },
  ]);
  customers = await Promise.all([0, 1, 2, 3].map((n) => shop.someCustomer({ name: `C${n}` })));
  await setCurrency('EUR');
  await ordered('2026-03-05T12:00:00Z', 0, 7);
  await setCurrency('USD');
  await ordered('2026-02-28T23:59:59.999Z', 0, 1);
  await ordered('2026-03-01T00:00:00.000Z', 1, 20);
  await become(await ordered('2026-03-01T23:59:59.999Z', 0, 10), 'SHIPPED');
  await ordered('2026-03-15T12:00:00Z', 0, 20);
  await ordered('2026-03-15T12:00:01Z', 2, 20);
  await ordered('2026-03-15T12:00:02Z', null, 5);
  await become(await ordered('2026-03-31T23:59:59.999Z', 3, 10), 'CANCELLED');
  await ordered('2026-04-01T00:00:00.000Z', 3, 4);
});

describe('GET /api/v1/reports/sales', () => {
  it('adds up days, statuses and the whole, in UTC and in the present currency', async () => {
    const { status, body } = await get(`sales?${MARCH}`);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        data: {
          from: '2026-03-01',
          to: '2026-03-31',
          currency: 'USD',
          totals: { orders: 6, cancelled: 1, revenue: 75, average: 15 },
          statuses: [
            { status: 'SUBMITTED', orders: 4, total: 65 },
            { status: 'CONFIRMED', orders: 0, total: 0 },
            { status: 'SHIPPED', orders: 1, total: 10 },
            { status: 'DELIVERED', orders: 0, total: 0 },
            { status: 'CANCELLED', orders: 1, total: 10 },
          ],
          days: [
            { day: '2026-03-01', orders: 2, cancelled: 0, revenue: 30, average: 15 },
            { day: '2026-03-15', orders: 3, cancelled: 0, revenue: 45, average: 15 },
            { day: '2026-03-31', orders: 1, cancelled: 1, revenue: 0, average: null },
          ],
        },
      },
    });
  });

  it('knows periods without a beginning, and of one day', async () => {
    const { body: all } = await get('sales?preset=all');
    expect(all.data).toMatchObject({ from: null, totals: { orders: 8, revenue: 80 } });
    const { body: day } = await get('sales?from=2026-03-15&to=2026-03-15');
    expect(day.data.totals).toEqual({ orders: 3, cancelled: 0, revenue: 45, average: 15 });
    const { body: until } = await get('sales?to=2026-02-28');
    expect(until.data).toMatchObject({ from: null, totals: { orders: 1, revenue: 1 } });
  });

  it.each(['today', 'week', 'month', 'quarter', 'year', ''])(
    'counts what was just ordered in %j',
    async (preset) => {
      const before = (await get(`sales?${preset && `preset=${preset}`}`)).body.data;
      await ordered(new Date().toISOString(), null, 3);
      const { body } = await get(`sales?${preset && `preset=${preset}`}`);
      expect(body.data.totals.orders).toBe(before.totals.orders + 1);
      expect(body.data.totals.revenue).toBe(before.totals.revenue + 3);
      expect(body.data.days.at(-1).day).toBe(body.data.to);
    },
  );

  it.each([
    ['preset=decade', 0],
    ['preset=', 0],
    ['preset=week&preset=week', 0],
    ['from=2026-02-30', 1],
    ['from=', 1],
    ['from=0000-01-01', 1],
    ['to=2026-03-01T00:00:00Z', 2],
    ['from=2026-03-02&to=2026-03-01', 3],
    ['preset=month&from=2026-03-02', 4],
  ])('refuses %j', async (query, which) => {
    for (const report of ['sales', 'customers'])
      expect(await get(`${report}?${query}`)).toMatchObject(bad(PERIOD_PROBLEMS[which] ?? ''));
  });

  it('is at the far ends of the calendar', async () => {
    const { body } = await get('sales?from=1000-01-01&to=9999-12-31');
    expect(body.data.totals.orders).toBeGreaterThan(6);
  });
});

describe('GET /api/v1/reports/customers', () => {
  it('lists who brought most first, page by page', async () => {
    const { status, body } = await get(`customers?${MARCH}`);
    expect(status).toBe(200);
    expect(body.summary).toEqual({ from: '2026-03-01', to: '2026-03-31', currency: 'USD' });
    const [, a = 'cus_', b = 'cus_'] = customers;
    const [one, two] = a > b ? [a, b] : [b, a];
    expect(body.data.map((row: { customerId: string }) => row.customerId)).toEqual([
      customers[0],
      one,
      two,
      customers[3],
    ]);
    expect(body.data[0]).toEqual({
      customerId: customers[0],
      name: 'C0',
      email: expect.any(String),
      orders: 2,
      cancelled: 0,
      revenue: 30,
      lastOrderAt: '2026-03-15T12:00:00.000Z',
    });
    expect(body.data[3]).toMatchObject({ orders: 1, cancelled: 1, revenue: 0 });
    const walked = [];
    let cursor = '';
    for (;;) {
      const { body: page } = await get(`customers?${MARCH}&limit=1${cursor}`);
      walked.push(...page.data);
      if (!page.pagination.hasMore) break;
      cursor = `&cursor=${encodeURIComponent(page.pagination.nextCursor)}`;
    }
    expect(walked).toEqual(body.data);
  });

  it.each([
    'x',
    encodeCursor({ sort: 'created', key: '1', id: newId('customer') }),
    encodeCursor({ sort: 'revenue', key: '-1', id: newId('customer') }),
    encodeCursor({ sort: 'revenue', key: '9'.repeat(20), id: newId('customer') }),
    encodeCursor({ sort: 'revenue', key: '1', id: newId('order') }),
  ])('refuses the cursor %j', async (cursor) => {
    expect(await get(`customers?cursor=${cursor}`)).toMatchObject(bad('Invalid cursor.'));
  });
});

describe('GET /api/v1/reports/inventory', () => {
  it('values what is on hand, and adds all of it up on every page', async () => {
    const { status, body } = await get('inventory?preset=month');
    expect(status).toBe(200);
    const left = body.data[1].stock;
    expect(body.data).toEqual([
      {
        productId: products[1],
        name: 'apples',
        sku: null,
        category: null,
        unit: 'each',
        isActive: true,
        stock: 0,
        price: 2.5,
        value: 0,
        isLow: true,
        isOut: true,
      },
      expect.objectContaining({ name: 'Flour', sku: 'FLR', category: 'Dry', value: left }),
      expect.objectContaining({ name: 'Oil', isActive: false, value: 59.97, isLow: true }),
      expect.objectContaining({ name: 'Salt', value: 16.5, isLow: true, isOut: false }),
    ]);
    const value = left + 59.97 + 16.5;
    const summary = { currency: 'USD', products: 4, units: left + 53, value, low: 3, out: 1 };
    expect(body.summary).toEqual(summary);
    const first = await get('inventory?limit=3');
    const cursor = encodeURIComponent(first.body.pagination.nextCursor);
    const rest = await get(`inventory?limit=3&cursor=${cursor}`);
    expect([...first.body.data, ...rest.body.data]).toEqual(body.data);
    expect(rest.body).toMatchObject({ summary, pagination: { hasMore: false, nextCursor: null } });
  });

  it('is empty for a company without anything, like the others', async () => {
    const ask = (path: string) => call('GET', `/reports/${path}`, { key: shop.foreignKey });
    expect((await ask('inventory')).body).toMatchObject({
      data: [],
      summary: { products: 0, units: 0, value: 0, low: 0, out: 0 },
    });
    expect((await ask('customers?preset=all')).body.data).toEqual([]);
    expect((await ask('sales?preset=all')).body.data).toMatchObject({
      totals: { orders: 0, cancelled: 0, revenue: 0, average: null },
      days: [],
    });
  });

  it.each(['x', encodeCursor({ sort: 'name', key: '\0', id: newId('product') })])(
    'refuses the cursor %j',
    async (cursor) => {
      expect(await get(`inventory?cursor=${cursor}`)).toMatchObject(bad('Invalid cursor.'));
    },
  );

  it('is for keys that may see reports', async () => {
    const { key } = await apiKeyFor(shop.company, ['orders:read', 'products:read']);
    for (const report of ['sales', 'customers', 'inventory'])
      expect(await call('GET', `/reports/${report}`, { key })).toMatchObject({
        status: 403,
        body: { error: 'Insufficient permissions. This key lacks the "reports:read" scope.' },
      });
  });
});
