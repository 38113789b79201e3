import { beforeAll, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { customers } from '#db/schema/index.ts';
import { changeOrderStatus } from '#src/orders/change-order-status.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { tenant } from '#src/tenant.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { hrefOf } from '../staff.ts';
import { someEmail } from '../storefront.ts';
import { joinedBrowser, registeredBrowser, type StoreBrowser } from '../storefront-browser.ts';

let company: CompanyFixture;
let orders: string;
let me: StoreBrowser;
let viewer: StoreBrowser;
let stranger: StoreBrowser;
let customer: Id<'customer'>;
let product: Id<'product'>;

beforeAll(async () => {
  company = await freshCompany();
  orders = `/store/${company.slug}/orders`;
  const email = someEmail();
  me = await registeredBrowser(company.slug, email);
  stranger = await registeredBrowser(company.slug, someEmail());
  viewer = await joinedBrowser(me, company.slug, someEmail(), 'VIEWER');
  const ctx = as(company, 'OWNER');
  const [[row]] = await tenant(ctx, 'customers:read').batch([
    ctx.db.select({ id: customers.id }).from(customers).where(eq(customers.email, email)),
  ]);
  customer = row?.id ?? 'cus_';
  [product = 'prd_'] = await productsFor(company, [{ name: 'Flour', stock: 999 }]);
});

/** An order that the staff places for the customer. */
async function place(extra: object = {}) {
  const lines = [{ productId: product, quantity: 1 }];
  const input = { id: newId('order'), customerId: customer, lines, ...extra };
  const placed = await placeOrder(as(company, 'MEMBER'), input);
  if (!placed.ok) throw new Error('Not placed.');
  return placed;
}

const numbersIn = (page: string) => [...page.matchAll(/row-link"[^>]*>#(\d+)</g)].map(([, n]) => n);
const move = (id: Id<'order'>, status: 'CONFIRMED' | 'CANCELLED') =>
  changeOrderStatus(as(company, 'MEMBER'), id, status, null);

it("lists all of the account's orders to its people, and nobody else's", async () => {
  expect((await me(orders)).text).toContain('No orders yet');
  for (let n = 1; n <= 23; n += 1) await place({ poNumber: n === 3 ? 'PO <3>' : null });
  await place({ customerId: null });
  const first = await viewer(orders);
  expect(first).toMatchObject({ status: 200, roundTrips: 1 });
  expect(numbersIn(first.text)).toHaveLength(20);
  const second = await viewer(hrefOf(first.text, 'Next') ?? '');
  expect(numbersIn(second.text)).toEqual(['1003', '1002', '1001']);
  const back = await viewer(hrefOf(second.text, 'Previous') ?? '');
  expect(numbersIn(back.text)).toEqual(numbersIn(first.text));
  expect(numbersIn((await me(`${orders}?q=po+%3C3`)).text)).toEqual(['1003']);
  expect(numbersIn((await me(`${orders}?q=1002`)).text)).toEqual(['1002']);
  const odd = ['q=%00', 'status=x', 'after=x', 'status=SHIPPED', `customer=${newId('customer')}`];
  for (const query of odd)
    expect(await me(`${orders}?${query}`), query).toMatchObject({ status: 200, roundTrips: 1 });
  expect(numbersIn((await stranger(orders)).text)).toEqual([]);
});

it('shows an order with what became of it, without the names of the staff', async () => {
  const { id, number } = await place({ notes: 'Ring\ntwice' });
  await move(id, 'CONFIRMED');
  const page = await viewer(`${orders}/${id}`);
  expect(page).toMatchObject({ status: 200, roundTrips: 1 });
  for (const text of [`Order #${number}`, 'Flour', 'Ring\ntwice', 'Confirmed', company.name])
    expect(page.text).toContain(text);
  expect(page.text).toContain(id.slice(-8).toUpperCase());
  for (const { name } of company.staff) {
    expect(page.text).not.toContain(name);
    expect((await me(orders)).text).not.toContain(name);
  }
  // Who may only look sees nothing to press.
  expect(page.text).not.toContain('Order again');
  const invoice = await viewer(`${orders}/${id}/invoice`);
  expect(invoice).toMatchObject({ status: 200, roundTrips: 1 });
  expect(invoice.headers.get('Content-Type')).toBe('application/pdf');
});

it('is taken back while nobody has confirmed it, by those who may order', async () => {
  const [open, confirmed] = [await place(), await place()];
  await move(confirmed.id, 'CONFIRMED');
  const path = (id: Id<'order'>) => `${orders}/${id}/cancel`;
  const page = async (id: Id<'order'>) => (await me(`${orders}/${id}`)).text;
  expect((await viewer(path(open.id), {})).status).toBe(403);
  expect(await page(open.id)).toContain('Cancel order');
  const answer = await me(path(open.id), {});
  expect(answer).toMatchObject({ status: 303, location: `${orders}/${open.id}`, roundTrips: 1 });
  expect(await page(open.id)).toContain('The order is cancelled.');
  await me(path(open.id), {});
  expect(await page(open.id)).toContain('The order was already cancelled.');
  expect(await me(path(confirmed.id), {})).toMatchObject({ status: 303, roundTrips: 1 });
  const late = await page(confirmed.id);
  expect(late).toContain('This order can no longer be cancelled here.');
  expect(late).not.toContain('cancel-order');
});

it('of another customer, of nobody, or that there is not, is not found', async () => {
  const mine = await place();
  const nobodys = await place({ customerId: null });
  for (const [browser, id] of [
    [stranger, mine.id],
    [me, nobodys.id],
    [me, newId('order')],
  ] as const) {
    for (const path of [`${orders}/${id}`, `${orders}/${id}/invoice`])
      expect(await browser(path)).toMatchObject({ status: 404, roundTrips: 1 });
    expect(await browser(`${orders}/${id}/cancel`, {})).toMatchObject({
      status: 404,
      roundTrips: 1,
    });
  }
});
