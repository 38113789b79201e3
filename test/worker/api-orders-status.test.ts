import { beforeAll, describe, expect, it } from 'vitest';
import { type Id, newId } from '#db/ids.ts';
import { call } from '../api.ts';
import { type ApiShop, apiShop, bad, MOMENT, problem, rule } from '../api-shop.ts';
import { everythingOf } from '../company-rows.ts';
import { productsFor } from '../products.ts';

let shop: ApiShop;
let flour: Id<'product'>;
beforeAll(async () => {
  shop = await apiShop();
  [flour = 'prd_'] = await productsFor(shop.company, [{ name: 'Flour', stock: 1000 }]);
});

describe('PATCH /api/v1/orders/{id}', () => {
  const placed = async () =>
    (await shop.post({ customerId: shop.customerId, items: [{ productId: flour, quantity: 5 }] }))
      .body.data;
  const patch = (id: string, json: unknown, headers = {}) =>
    call('PATCH', `/orders/${id}`, { key: shop.key, json, headers });

  it('moves an order wherever it is told to, tells webhooks, and mails the customer of steps forward', async () => {
    const before = await placed();
    for (const status of ['DELIVERED', 'SUBMITTED', 'SHIPPED', 'CONFIRMED']) {
      const { status: code, body } = await patch(before.id, { status });
      expect({ code, body }).toEqual({
        code: 200,
        body: { data: { ...before, status, updatedAt: MOMENT } },
      });
    }
    const { outbox: mails = [], events: rows = [] } = await everythingOf(shop.company);
    expect(mails.filter((row) => JSON.stringify(row).includes(before.id))).toHaveLength(2);
    const fired = (rows as { row: { type: string; entity_id: string } }[])
      .filter(({ row }) => row.entity_id === before.id)
      .map(({ row }) => row.type);
    expect(fired).toHaveLength(6);
    expect(new Set(fired)).toEqual(
      new Set(['order.created', 'order.shipped', 'order.status_changed']),
    );
  });

  it('cancels once, returns the stock once, and ends there', async () => {
    const { id } = await placed();
    const before = (await shop.stockOf(flour)) ?? 0;
    expect((await patch(id, { status: 'CANCELLED' })).body.data.status).toBe('CANCELLED');
    expect((await patch(id, { status: 'CANCELLED' })).status).toBe(200);
    expect(await shop.stockOf(flour)).toBe(before + 5);
    for (const status of ['SUBMITTED', 'CONFIRMED', 'SHIPPED', 'DELIVERED'])
      expect(await patch(id, { status })).toMatchObject(
        rule('A cancelled order cannot be changed.'),
      );
  });

  it.each([{}, { status: null }, { status: 'shipped' }, { status: 'LOST' }, { status: 1 }])(
    'refuses %j',
    async (json) => {
      expect(await patch(newId('order'), json)).toMatchObject(bad('Invalid order status.'));
    },
  );

  it('changes only what its caller has seen', async () => {
    const { id } = await placed();
    const seen = (await call('GET', `/orders/${id}`, { key: shop.key })).headers.get('ETag') ?? '';
    const first = await patch(id, { status: 'CONFIRMED' }, { 'If-Match': seen });
    expect(first.status).toBe(200);
    expect(await patch(id, { status: 'SHIPPED' }, { 'If-Match': seen })).toMatchObject(
      problem(412, 'changed_meanwhile', 'It was changed meanwhile: fetch it again.'),
    );
    const now = first.headers.get('ETag') ?? '';
    expect((await patch(id, { status: 'SHIPPED' }, { 'If-Match': now })).status).toBe(200);
  });

  it('does not find what is not there, or another company’s', async () => {
    const { id } = await placed();
    const missing = problem(404, 'not_found', 'Order not found.');
    for (const other of [newId('order'), 'nonsense', shop.customerId, '%00']) {
      expect(await call('GET', `/orders/${other}`, { key: shop.key })).toMatchObject(missing);
      expect(await patch(other, { status: 'SHIPPED' })).toMatchObject(missing);
    }
    const attempt = { key: shop.foreignKey, json: { status: 'CANCELLED' } };
    expect(await call('PATCH', `/orders/${id}`, attempt)).toMatchObject(missing);
    expect(await call('GET', `/orders/${id}`, { key: shop.foreignKey })).toMatchObject(missing);
  });
});
