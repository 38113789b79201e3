import { expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { getDashboardHome } from '#src/companies/dashboard-home.ts';
import { as, freshCompany } from '../../test/context.ts';
import { productsFor } from '../../test/products.ts';
import { changeOrderStatus } from '../orders/change-order-status.ts';
import { placeOrder } from '../orders/place-order.ts';
import { everyDay } from './daily-sales.ts';

it('counts the days of the company, the last thirty of them', async () => {
  const company = await freshCompany({ timeZone: 'America/New_York' });
  const [productId] = await productsFor(company, [
    { name: 'Flour', priceCents: 100, stock: 99 },
    { name: 'Salt', stock: 5 },
    { name: 'Old salt', stock: 0, active: false },
    { name: 'Pepper', stock: 9, lowStockThreshold: 9 },
    { name: 'Oil', stock: 0 },
  ]);
  // The evening before the clocks go forward, in New York.
  const now = new Date('2026-03-08T04:30:00Z');
  const place = async (quantity: number, at: string) => {
    const id = newId('order');
    const ctx = as(company, 'MEMBER', { now: new Date(at) });
    await placeOrder(ctx, { id, lines: [{ productId, quantity }] });
    return id;
  };
  await place(1, '2026-02-06T04:59:59.999Z');
  await place(2, '2026-02-06T05:00:00Z');
  await place(3, '2026-03-07T04:59:59.999Z');
  await place(4, '2026-03-07T05:00:00Z');
  const cancelled = await place(5, '2026-03-08T04:00:00Z');
  await changeOrderStatus(as(company, 'MEMBER'), cancelled, 'CANCELLED', null);
  const home = await getDashboardHome(as(company, 'MEMBER', { now }));
  expect(home.days).toHaveLength(30);
  expect(home.days.filter(({ orders }) => orders > 0)).toEqual([
    { day: '2026-02-06', orders: 1, cents: 200 },
    { day: '2026-03-06', orders: 1, cents: 300 },
    { day: '2026-03-07', orders: 1, cents: 400 },
  ]);
  expect(home.days.at(-1)?.day).toBe('2026-03-07');
  expect(home.recent.map(({ number }) => number)).toEqual([1005, 1004, 1003, 1002, 1001]);
  expect(home.low.map(({ name }) => name)).toEqual(['Oil', 'Salt', 'Pepper']);
  expect(home.steps.hasProducts).toBe(true);
});

it('fills the days between, over months and leap days', () => {
  const days = everyDay([{ day: '2028-02-29', orders: 1, cents: 5 }], '2028-03-01', 3);
  expect(days).toEqual([
    { day: '2028-02-28', orders: 0, cents: 0 },
    { day: '2028-02-29', orders: 1, cents: 5 },
    { day: '2028-03-01', orders: 0, cents: 0 },
  ]);
});
