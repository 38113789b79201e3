import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { customers } from '#db/schema/index.ts';
import { utcMonth } from '#src/lib/utc-month.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { tenant } from '#src/tenant.ts';
import { as } from '../context.ts';
import { setFaults } from '../faults.ts';
import { productsFor } from '../products.ts';
import { expectErrorLog, server } from '../server.ts';
import { newShopper, type Shopper } from '../shopper.ts';

let shopper: Shopper;
beforeEach(async () => {
  shopper = await newShopper();
});
afterEach(() => setFaults({}));

describe("a company's month", () => {
  it('ends at the limit, keeps what was typed, and goes on with the plan', async () => {
    await shopper.limitTo(1);
    await shopper.put(1);
    expect((await shopper.submit(await shopper.open())).status).toBe(303);
    await shopper.put(1);
    const form = await shopper.open();
    const refused = await shopper.submit({ ...form, notes: 'Kept' });
    expect(refused).toMatchObject({ status: 422, roundTrips: 1 });
    expect(refused.text).toContain('This store has reached its monthly order limit.');
    expect(refused.text).toContain('>Kept</textarea>');
    await shopper.limitTo(2);
    expect((await shopper.submit(form)).status).toBe(303);
    expect(await shopper.placedOrders()).toHaveLength(2);
  });

  it('gives out every place and no more, though objects are evicted between the steps', async () => {
    await shopper.limitTo(5);
    await shopper.confirm();
    const [busy = 'prd_'] = await productsFor(shopper.company, [
      { name: 'Salt', priceCents: 1, stock: 999 },
    ]);
    const name = `${shopper.company.id}:${utcMonth(new Date())}`;
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      const forms = Array.from({ length: 3 }, () => ({
        order: newId('order'),
        seenTotal: '1',
        line: `${busy}:1:1`,
      }));
      const answers = await Promise.all(forms.map((form) => shopper.submit(form)));
      statuses.push(...answers.map(({ status }) => status));
      await server.getWorker().evictDurableObject('ORDER_PLACES', { name });
    }
    expect(statuses.filter((status) => status === 303)).toHaveLength(5);
    expect(statuses.filter((status) => status === 422)).toHaveLength(7);
    expect(await shopper.placedOrders()).toHaveLength(5);
  });

  it('gives the place of an order back that was not written, and asks anew when the database was away', async () => {
    await shopper.limitTo(1);
    await shopper.put(1);
    const form = await shopper.open();
    await setFaults({ match: 'orders_of_month', errorNext: 1 });
    expectErrorLog(/accident|"status":500/);
    expect((await shopper.submit(form)).status).toBe(500);
    expect((await shopper.submit({ ...form, seenTotal: '1' })).status).toBe(409);
    await shopper.put(1, 1);
    expect((await shopper.submit(await shopper.open())).status).toBe(303);
  });

  it('is not the month of an order that was placed before it and is sent again', async () => {
    await shopper.limitTo(1);
    await shopper.put(1);
    const form = await shopper.open();
    const then = new Date(Date.now() - 40 * 86_400_000);
    const lines = [{ productId: shopper.product(0), quantity: 1 }];
    const ctx = as(shopper.company, 'OWNER');
    const [[customer]] = await tenant(ctx, 'customers:read').batch([
      ctx.db.select({ id: customers.id }).from(customers).where(eq(customers.email, shopper.email)),
    ]);
    const input = { id: form['order'], lines, customerId: customer?.id };
    await placeOrder(as(shopper.company, 'OWNER', { now: then }), input);
    expect((await shopper.submit(form)).status).toBe(303);
    // Its place of this month is free for another one.
    await shopper.put(1);
    await expect
      .poll(async () => (await shopper.submit(await shopper.open())).status, { timeout: 10_000 })
      .toBe(303);
    expect(await shopper.placedOrders()).toHaveLength(2);
  });
});
