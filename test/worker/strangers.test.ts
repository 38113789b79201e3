import { beforeAll, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { orders } from '#db/schema/index.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { tenant } from '#src/tenant.ts';
import { someAddress } from '../address.ts';
import { call } from '../api.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { apiKeyFor } from '../server.ts';
import { browserOf } from '../staff.ts';
import { someEmail } from '../storefront.ts';
import {
  registeredBrowser,
  registerWith,
  type StoreBrowser,
  storeBrowser,
} from '../storefront-browser.ts';

/** A store on the smallest plan, and whoever should still be able to order there. */
let company: CompanyFixture;
let store: string;
let productId: Id<'product'>;
let honest: StoreBrowser;
let imported: Id<'customer'>;

beforeAll(async () => {
  company = await freshCompany({ plan: 'STARTER', maxCustomers: 25, maxOrders: 100 });
  store = `/store/${company.slug}`;
  [productId = 'prd_'] = await productsFor(company, [
    { name: 'Flour', priceCents: 1, stock: 9_999 },
  ]);
  honest = await registeredBrowser(company.slug, someEmail());
  ({ id: imported } = await createCustomer(as(company, 'OWNER'), { email: someEmail() }));
});

const order = (browser: StoreBrowser, id = newId('order')) =>
  browser(`${store}/checkout`, { order: id, seenTotal: '1', line: `${productId}:1:1` });

/** Orders of which every one is cancelled; the statuses of what was asked. */
async function orderAndCancel(browser: StoreBrowser, times: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const id = newId('order');
    // oxlint-disable no-await-in-loop -- one after the other
    const answers = [await order(browser, id), await browser(`${store}/orders/${id}/cancel`, {})];
    // oxlint-enable no-await-in-loop
    statuses.push(...answers.map(({ status }) => status));
  }
  return statuses;
}

async function storedOrders() {
  const ctx = as(company, 'OWNER');
  const [rows] = await tenant(ctx, 'orders:read').batch([ctx.db.select().from(orders)]);
  return rows;
}

it('keep nobody else from ordering, from one address or from many, in 200 tries', async () => {
  let tries = 0;
  const strangers: StoreBrowser[] = [];
  const register = async (address: string) => {
    const browser = storeBrowser({ address });
    tries += 1;
    const { status } = await registerWith(browser, company.slug, someEmail());
    if (status === 303) strangers.push(browser);
    return status;
  };
  const here = someAddress();
  const fromHere: number[] = [];
  // oxlint-disable-next-line no-await-in-loop -- one after the other
  for (let n = 0; n < 6; n += 1) fromHere.push(await register(here));
  expect(fromHere).toEqual([303, 303, 303, 429, 429, 429]);
  const fromMany: number[] = [];
  // oxlint-disable-next-line no-await-in-loop -- one after the other
  for (let n = 0; n < 20; n += 1) fromMany.push(await register(someAddress()));
  // Three quarters of 25 customers, one of them honest.
  expect(strangers).toHaveLength(18);
  expect(fromMany.filter((status) => status === 422)).toHaveLength(5);

  const orderAll = async (browser: StoreBrowser) => {
    expect(await orderAndCancel(browser, 4)).toEqual(Array(8).fill(303));
    const statuses: number[] = [];
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    for (let n = 0; n < 4; n += 1) statuses.push((await order(browser)).status);
    expect(statuses).toEqual([303, 303, 303, 422]);
    tries += 12;
  };
  await Promise.all(strangers.map(orderAll));
  expect(tries).toBeGreaterThan(200);

  expect(await order(honest)).toMatchObject({ status: 303 });
  const staff = await browserOf(company, 'MEMBER');
  const byStaff = { customerId: imported, productId, quantity: '1', placeOrder: 'yes' };
  expect(await staff('/dashboard/orders/new', byStaff)).toMatchObject({ status: 303 });
  const { key } = await apiKeyFor(company);
  const items = [{ productId, quantity: 1 }];
  const byApi = await call('POST', '/orders', { key, json: { customerId: imported, items } });
  expect(byApi.status).toBe(201);
  // More orders than the plan allows: the cancelled ones of strangers have given their places back.
  const placed = await storedOrders();
  expect(placed).toHaveLength(18 * 7 + 3);
  expect(placed.filter(({ status }) => status === 'CANCELLED')).toHaveLength(18 * 4);
}, 240_000);
