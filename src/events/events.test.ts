import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { isId, newId } from '#db/ids.ts';
import { events } from '#db/schema/index.ts';
import { as, freshCompany } from '../../test/context.ts';
import { createProduct } from '../catalog/create-product.ts';
import { updateProduct } from '../catalog/update-product.ts';
import type { Ctx } from '../context.ts';
import { createCustomer } from '../customers/create-customer.ts';
import { updateCustomer } from '../customers/update-customer.ts';
import { changeOrderStatus } from '../orders/change-order-status.ts';
import { placeOrder } from '../orders/place-order.ts';
import { tenant } from '../tenant.ts';
import { payloadOf } from './payload.ts';

const company = await freshCompany();

async function eventsOf(ctx: Ctx, id: string) {
  const [rows] = await tenant(ctx, 'webhooks:read').batch([
    ctx.db
      .select()
      .from(events)
      .where(and(eq(events.companyId, company.id), eq(events.entityId, id)))
      .orderBy(events.version),
  ]);
  return rows;
}

const bodyOf = (event: Awaited<ReturnType<typeof eventsOf>>[number] | undefined) =>
  event && (JSON.parse(payloadOf(event, 'https://shop.test')) as Record<string, unknown>);

describe('events', () => {
  it('tell of customers what the API shows, once a change, and nothing of what is nobody else’s business', async () => {
    const ctx = as(company, 'OWNER');
    const { id } = await createCustomer(ctx, { email: 'ann@x.test', creditLimit: 12.5 });
    await updateCustomer(ctx, id, { notes: 'Dock B' }, null);
    await updateCustomer(ctx, id, { notes: 'Dock B' }, null);
    const rows = await eventsOf(ctx, id);
    expect(rows.map(({ type }) => type)).toEqual(['customer.created', 'customer.updated']);
    expect(rows.every((row) => isId('event', row.id))).toBe(true);
    expect(bodyOf(rows[1])).toMatchObject({
      event: 'customer.updated',
      data: { id, email: 'ann@x.test', creditLimit: 12.5, notes: 'Dock B' },
    });
    expect(JSON.stringify(rows)).not.toContain('assword');
  });

  it('make one of an edit of a product and its stock, and none of a sale until it runs low', async () => {
    const ctx = as(company, 'OWNER');
    const { id } = await createProduct(ctx, { name: 'Oil', price: 4.2, stock: 20 });
    await updateProduct(ctx, id, { name: 'Olive oil', stock: 10 }, {});
    const order = { id: newId('order'), lines: [{ productId: id, quantity: 2 }] };
    await placeOrder(ctx, order);
    expect((await eventsOf(ctx, id)).map(({ type }) => type)).toEqual(['product.updated']);
    await placeOrder(ctx, {
      ...order,
      id: newId('order'),
      lines: [{ productId: id, quantity: 3 }],
    });
    const rows = await eventsOf(ctx, id);
    expect(rows.map(({ type }) => type)).toEqual(['product.updated', 'product.low_stock']);
    expect(bodyOf(rows[0])).toMatchObject({ data: { name: 'Olive oil', stock: 10, price: 4.2 } });
    expect(bodyOf(rows[1])).toMatchObject({ data: { stock: 5 } });
  });

  it('tell of every step of an order, but not of one the staff entered', async () => {
    const ctx = as(company, 'OWNER');
    const { id: productId } = await createProduct(ctx, { name: 'Rice', price: 1, stock: 20 });
    const id = newId('order');
    await placeOrder(ctx, { id, lines: [{ productId, quantity: 1 }] });
    await changeOrderStatus(ctx, id, 'SHIPPED', null);
    await changeOrderStatus(ctx, id, 'CANCELLED', null);
    const rows = await eventsOf(ctx, id);
    expect(rows.map(({ type }) => type)).toEqual([
      'order.status_changed',
      'order.shipped',
      'order.status_changed',
      'order.cancelled',
    ]);
    expect(bodyOf(rows[0])).toMatchObject({
      data: {
        id,
        status: 'SHIPPED',
        previousStatus: 'SUBMITTED',
        items: [{ productName: 'Rice' }],
      },
    });
  });
});
