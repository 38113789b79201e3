import { beforeAll, describe, expect, it } from 'vitest';
import { type Id, newId } from '#db/ids.ts';
import { encodeCursor } from '#src/lib/cursor.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
import { changeOrderStatus } from '#src/orders/change-order-status.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { call } from '../api.ts';
import { type ApiShop, apiShop, bad } from '../api-shop.ts';
import { as } from '../context.ts';
import { productsFor } from '../products.ts';

const TOTAL = 30;
const FIRST = Date.parse('2026-03-01T00:00:00.000Z');
const HOUR = 3_600_000;
const at = (hour: number) => new Date(FIRST + hour * HOUR).toISOString();

let shop: ApiShop;
let other: Id<'customer'>;
/** One an hour, but for the last two: they were placed in the same millisecond. */
let newestFirst: string[];

const list = (query: string) => call('GET', `/orders?${query}`, { key: shop.key });
const idsOf = async (query: string): Promise<string[]> =>
  (await list(query)).body.data.map(({ id }: { id: string }) => id);

beforeAll(async () => {
  shop = await apiShop();
  other = await shop.someCustomer();
  const [flour = 'prd_', salt = 'prd_'] = await productsFor(shop.company, [
    { name: 'Flour', sku: 'FLR', priceCents: 850, stock: 9999 },
    { name: 'Salt', priceCents: 100, stock: 9999 },
  ]);
  const ids: Id<'order'>[] = [];
  for (let n = 0; n < TOTAL; n += 1) {
    const now = new Date(FIRST + Math.min(n, TOTAL - 2) * HOUR);
    const id = newId('order');
    const lines = [
      { productId: flour, quantity: 2 },
      { productId: salt, quantity: n + 1 },
    ];
    const customerId = n % 3 === 0 ? other : shop.customerId;
    await placeOrder(as(shop.company, 'OWNER', { now }), { id, customerId, lines });
    if (n % 5 === 0) await changeOrderStatus(as(shop.company, 'OWNER'), id, 'SHIPPED', null);
    ids.push(id);
  }
  newestFirst = ids.toReversed();
  const renamed = { name: 'Flour, new', sku: 'NEW', price: 99 };
  await updateProduct(as(shop.company, 'OWNER'), flour, renamed, {});
});

describe('GET /api/v1/orders', () => {
  it('shows orders with their items, as they were then', async () => {
    const [first] = (await list('limit=1')).body.data;
    expect(first).toMatchObject({
      id: newestFirst[0],
      number: 1000 + TOTAL,
      status: 'SUBMITTED',
      customerId: shop.customerId,
      total: 47,
      createdAt: at(TOTAL - 2),
      items: [
        { id: `${newestFirst[0]}-1`, productName: 'Flour', productSku: 'FLR', unitPrice: 8.5 },
        { id: `${newestFirst[0]}-2`, productName: 'Salt', productSku: null, quantity: TOTAL },
      ],
    });
    expect(first).not.toHaveProperty('subtotal');
  });

  it.each([1, 7, 30, 100])('walks through all of them once, %i at a time', async (limit) => {
    const walked: string[] = [];
    let cursor = '';
    for (;;) {
      const { body } = await list(`limit=${limit}${cursor}`);
      walked.push(...body.data.map(({ id }: { id: string }) => id));
      if (!body.pagination.hasMore) break;
      cursor = `&cursor=${encodeURIComponent(body.pagination.nextCursor)}`;
    }
    expect(walked).toEqual(newestFirst);
  });

  it('filters by status, customer and time, and by all of them', async () => {
    const indices = newestFirst.map((id, index) => [id, TOTAL - 1 - index] as const);
    const which = (test: (n: number) => boolean) =>
      indices.filter(([, n]) => test(n)).map(([id]) => id);
    expect(await idsOf('status=SHIPPED')).toEqual(which((n) => n % 5 === 0));
    expect(await idsOf(`customerId=${other}`)).toEqual(which((n) => n % 3 === 0));
    expect(await idsOf(`since=${at(10)}`)).toEqual(which((n) => n >= 10));
    expect(await idsOf(`until=${at(10)}`)).toEqual(which((n) => n < 10));
    const zone = encodeURIComponent('2026-03-01T12:00:00+02:00');
    expect(await idsOf(`until=${zone}`)).toEqual(which((n) => n < 10));
    const all = `status=SHIPPED&customerId=${other}&since=${at(1)}&until=${at(20)}&limit=1`;
    expect(await idsOf(all)).toEqual(which((n) => n === 15));
    expect(await idsOf('status=CANCELLED')).toEqual([]);
    for (const id of ['nonsense', newId('customer'), '%00'])
      expect(await idsOf(`customerId=${id}`)).toEqual([]);
  });

  it('shows nothing to another company', async () => {
    const { body } = await call('GET', '/orders', { key: shop.foreignKey });
    expect(body).toEqual({ data: [], pagination: { hasMore: false, nextCursor: null } });
  });

  it.each(['shipped', 'LOST', '', 'toString', 'SHIPPED&status=SHIPPED'])(
    'refuses the status %j',
    async (status) => {
      expect(await list(`status=${status}`)).toMatchObject(bad('Invalid order status.'));
    },
  );

  it.each([
    'yesterday',
    '',
    '2026-03-01',
    '2026-03-01T12:00:00',
    '2026-02-30T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59-10:00',
    '1772366460',
  ])('refuses the moment %j', async (moment) => {
    for (const name of ['since', 'until']) {
      const message = `${name} must be an ISO 8601 time with a zone, like 2026-03-01T12:00:00Z.`;
      const query = `${name}=${encodeURIComponent(moment)}`;
      expect(await list(query)).toMatchObject(bad(message));
    }
  });

  it.each([
    'x',
    '',
    '%00',
    encodeCursor({ sort: 'total', key: '100', id: newId('order') }),
    encodeCursor({ sort: 'created', key: 'x', id: newId('order') }),
    encodeCursor({ sort: 'created', key: at(1), id: "ord_'" }),
  ])('refuses the cursor %j', async (cursor) => {
    expect(await list(`cursor=${cursor}`)).toMatchObject(bad('Invalid cursor.'));
  });
});
