import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { pick, PRICE, Shop, shuffled, upTo } from './shop.ts';

/** Many who want the same at once, through the Worker and on a real PostgreSQL. */
let shop: Shop;
let company: CompanyFixture;

beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.close());
beforeEach(async () => {
  company = await freshCompany();
});

const products = (count: number, stock: number) =>
  productsFor(
    company,
    Array.from({ length: count }, (_, n) => ({ name: `Product ${n}`, priceCents: PRICE, stock })),
  );

it('sells 100 to 500 who want one to three each, and not one more', async () => {
  const [productId = 'prd_'] = await products(1, 100);
  const cookies = await shop.people(company, 20);
  const results = await Promise.all(
    Array.from({ length: 500 }, () =>
      shop.order(company, pick(cookies), newId('order'), [{ productId, quantity: upTo(3) }]),
    ),
  );
  const { units, left } = await shop.sold(company, productId);
  expect(units + left).toBe(100);
  // Whoever wanted one was refused only because nothing was left.
  expect(left).toBeLessThan(3);
  const placed = results.filter((result) => result.placed).length;
  expect(placed).toBeGreaterThanOrEqual(33);
  expect(await shop.ordersOf(company)).toHaveProperty('size', placed);
  expect(await shop.wrongLevels(company)).toEqual([]);
});

it('never lets two orders wait for each other, whatever order their lines are in', async () => {
  const all = await products(20, 100_000);
  const cookies = await shop.people(company, 10);
  const results = await Promise.all(
    Array.from({ length: 300 }, () => {
      const lines = shuffled(all).map((productId) => ({ productId, quantity: upTo(9) }));
      return shop.order(company, pick(cookies), newId('order'), lines);
    }),
  );
  // A deadlock would be an accident, and the form sent again.
  expect(results.every(({ placed, tries }) => placed && tries === 1)).toBe(true);
  expect(await shop.wrongLevels(company)).toEqual([]);
  expect(await shop.wrongTotals(company)).toEqual([]);
});

it('makes one order of 100 identical submits', async () => {
  const [productId = 'prd_'] = await products(1, 50);
  const [cookie = ''] = await shop.people(company, 1);
  const id = newId('order');
  const results = await Promise.all(
    Array.from({ length: 100 }, () =>
      shop.order(company, cookie, id, [{ productId, quantity: 2 }]),
    ),
  );
  expect(results.every(({ placed }) => placed)).toBe(true);
  expect(await shop.ordersOf(company)).toEqual(new Set([id]));
  expect(await shop.sold(company, productId)).toEqual({ units: 2, left: 48 });
});

it('places three of 20 orders that a customer with an unconfirmed email sends at once', async () => {
  const [productId = 'prd_'] = await products(1, 1000);
  const cookie = await shop.unproven(company);
  const results = await Promise.all(
    Array.from({ length: 20 }, () =>
      shop.order(company, cookie, newId('order'), [{ productId, quantity: 1 }]),
    ),
  );
  expect(results.filter(({ placed }) => placed)).toHaveLength(3);
  expect(
    results.every(({ placed, text }) => placed || text.includes('Confirm your email address')),
  ).toBe(true);
  expect(await shop.ordersOf(company)).toHaveProperty('size', 3);
  expect(await shop.sold(company, productId)).toEqual({ units: 3, left: 997 });
});
