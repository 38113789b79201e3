import { expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { demoAccounts } from './demo-accounts.ts';
import { buyersPeople, demoBuyer } from './demo-buyer.ts';
import { demoCustomers } from './demo-customers.ts';
import { demoOrders } from './demo-orders.ts';
import { demoProducts } from './demo-products.ts';

it('has every status whatever time it is, and some orders of today', () => {
  const products = demoProducts();
  const staff = [{ type: 'USER', id: newId('user'), name: 'Olivia' }] as const;
  const apiKey = { type: 'API_KEY', id: newId('apiKey'), name: 'Key' } as const;
  for (let hour = 0; hour < 24; hour += 1) {
    const midnight = new Date('2026-03-10T08:00:00Z');
    const now = new Date(midnight.getTime() + hour * 3_600_000 + 60_000);
    const [buyer, ...accounts] = [demoBuyer('', now), ...demoAccounts(now)].map((row) => {
      return { ...row, id: newId('customer') };
    });
    if (!buyer) return expect.fail();
    const { customers } = demoCustomers(accounts, buyer, buyersPeople('', now), products);
    const orders = demoOrders({ customers, products, staff: [...staff], apiKey, now, midnight });
    expect(new Set(orders.map(({ status }) => status)), `at ${hour}`).toHaveLength(5);
    const today = orders.filter(({ createdAt }) => createdAt >= midnight && createdAt <= now);
    expect(today.length, `at ${hour}`).toBeGreaterThan(5);
  }
});
