import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import {
  companies,
  customers,
  orders,
  planUsage,
  priceOverrides,
  products as productsTable,
  stockLevels,
} from '#db/schema/index.ts';
import { utcMonth } from '#src/lib/utc-month.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { system, tenant } from '#src/tenant.ts';
import { as, context, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { expectErrorLog, server } from '../server.ts';
import { someEmail } from '../storefront.ts';
import { joinedBrowser, registeredBrowser, type StoreBrowser } from '../storefront-browser.ts';
import { setFaults } from '../faults.ts';

let company: CompanyFixture;
let store: string;
let me: StoreBrowser;
let email: string;
let products: Id<'product'>[];

beforeEach(async () => {
  company = await freshCompany();
  store = `/store/${company.slug}`;
  email = someEmail();
  me = await registeredBrowser(company.slug, email);
  products = await productsFor(company, [
    { name: 'Flour', priceCents: 1250, stock: 10 },
    { name: 'Sugar', priceCents: 99, stock: 10 },
  ]);
});

afterEach(() => setFaults({}));

const product = (index: number) => products[index] ?? 'prd_';

async function put(quantity: number, index = 0, browser = me): Promise<void> {
  const { status } = await browser(`${store}/cart/${product(index)}`, { quantity: `${quantity}` });
  expect(status).toBe(303);
}

type Fields = Record<string, string | string[]>;

/** What a checkout's page would send. */
function formIn(page: string): Fields {
  const hidden = (name: string) => {
    const values = page.matchAll(new RegExp(`type="hidden" name="${name}" value="([^"]*)"`, 'g'));
    return Array.from(values, ([, value = '']) => value);
  };
  const [order = ''] = hidden('order');
  const [seenTotal = ''] = hidden('seenTotal');
  const [, address = ''] = /name="address" value="([^"]*)" checked/.exec(page) ?? [];
  return { order, seenTotal, line: hidden('line'), address };
}

async function open(browser = me): Promise<Fields> {
  const page = await browser(`${store}/checkout`);
  expect(page).toMatchObject({ status: 200, roundTrips: 1 });
  return formIn(page.text);
}

const submit = (form: Fields, browser = me) => browser(`${store}/checkout`, form);

async function write(
  change: (ctx: ReturnType<typeof as>) => Parameters<ReturnType<typeof tenant>['batch']>[0][number],
) {
  const ctx = as(company, 'OWNER');
  await tenant(ctx, 'products:write').batch([change(ctx)]);
}

async function placedOrders() {
  const ctx = as(company, 'OWNER');
  const [rows] = await tenant(ctx, 'orders:read').batch([ctx.db.select().from(orders)]);
  return rows;
}

async function limitTo(maxOrders: number | null): Promise<void> {
  const ctx = context({ kind: 'nobody' });
  await system(ctx).batch([
    ctx.db.update(planUsage).set({ maxOrders }).where(eq(planUsage.companyId, company.id)),
  ]);
}

describe('checking out', () => {
  it('places what was shown, in one round trip, and leads to the order', async () => {
    await put(4);
    const form = await open();
    const placed = await submit({ ...form, poNumber: ' PO-7 ', notes: 'Ring\r\ntwice' });
    expect(placed).toMatchObject({ status: 303, roundTrips: 1 });
    const page = await me(placed.location ?? '');
    expect(page).toMatchObject({ status: 200, roundTrips: 1 });
    for (const text of ['Order #1001 is placed', 'PO-7', 'Ring', '$50.00', 'Flour'])
      expect(page.text).toContain(text);
    expect(await placedOrders()).toMatchObject([
      { source: 'STOREFRONT', status: 'SUBMITTED', totalCents: 5000, poNumber: 'PO-7' },
    ]);
    expect((await me(`${store}/checkout`)).text).toContain('There is nothing to order');
  });

  it('is one order however often it is sent: twice at once, after a reload, from the page before', async () => {
    await put(1);
    const form = await open();
    const answers = await Promise.all(Array.from({ length: 10 }, () => submit(form)));
    const back = await submit(form);
    const locations = new Set([...answers, back].map(({ location }) => location));
    expect([...locations]).toEqual([`${store}/orders/${String(form['order'])}`]);
    expect(await placedOrders()).toHaveLength(1);
  });

  it('is one order when the answer was lost and it is sent again', async () => {
    await put(1);
    const form = await open();
    expectErrorLog(/accident|"status":500/);
    await setFaults({ match: 'place_order', dropNext: 1 });
    expect((await submit(form)).status).toBe(500);
    expect(await submit(form)).toMatchObject({ status: 303 });
    expect(await placedOrders()).toHaveLength(1);
  });

  it('asks once about a price that has changed, and places it at the new one', async () => {
    await put(2);
    const form = await open();
    await write(({ db }) =>
      db
        .update(productsTable)
        .set({ priceCents: 1300 })
        .where(and(eq(productsTable.companyId, company.id), eq(productsTable.id, product(0)))),
    );
    const asked = await submit({ ...form, notes: 'Kept <i>' });
    expect(asked.status).toBe(409);
    for (const text of ['was $12.50', '$13.00', 'was $25.00', 'Kept &lt;i&gt;'])
      expect(asked.text).toContain(text);
    expect(await placedOrders()).toEqual([]);
    const again = formIn(asked.text);
    expect(again['order']).toBe(form['order']);
    expect((await submit(again)).status).toBe(303);
    expect(await placedOrders()).toMatchObject([{ id: form['order'], totalCents: 2600 }]);
  });

  it("is at the customer's own price, with tax and shipping that are asked about when they change", async () => {
    const ctx = as(company, 'OWNER');
    const [[customer]] = await tenant(ctx, 'customers:read').batch([
      ctx.db.select({ id: customers.id }).from(customers).where(eq(customers.email, email)),
    ]);
    await write(({ db }) =>
      db.insert(priceOverrides).values({
        companyId: company.id,
        customerId: customer?.id ?? 'cus_',
        productId: product(0),
        priceCents: 1000,
      }),
    );
    await put(2);
    const form = await open();
    expect(form['seenTotal']).toBe('2000');
    await write(({ db }) =>
      db
        .update(companies)
        .set({ taxRatePpm: 100_000, shippingCents: 700 })
        .where(eq(companies.id, company.id)),
    );
    const asked = await submit(form);
    expect(asked.status).toBe(409);
    expect(asked.text).toContain('was $20.00 and is now $29.00');
    expect((await submit(formIn(asked.text))).status).toBe(303);
    expect(await placedOrders()).toMatchObject([{ taxCents: 200, totalCents: 2900 }]);
  });

  it('names everything that is short or gone, and updates the cart to what is left', async () => {
    await put(10);
    await put(3, 1);
    const form = await open();
    const short = and(eq(stockLevels.companyId, company.id), eq(stockLevels.productId, product(0)));
    await write(({ db }) => db.update(stockLevels).set({ onHand: 4 }).where(short));
    const gone = and(eq(productsTable.companyId, company.id), eq(productsTable.id, product(1)));
    await write(({ db }) => db.update(productsTable).set({ active: false }).where(gone));
    const refused = await submit({ ...form, poNumber: 'PO-8' });
    expect(refused.status).toBe(409);
    for (const text of [
      'Not enough stock for Flour. Only 4 available.',
      'Sugar is no longer available.',
      'value="PO-8"',
    ])
      expect(refused.text).toContain(text);
    const fitted = await me(`${store}/checkout/fit`, { ...formIn(refused.text), poNumber: 'PO-8' });
    expect(fitted).toMatchObject({ status: 200, roundTrips: 1 });
    expect(fitted.text).not.toContain('Sugar');
    const again = formIn(fitted.text);
    expect(again).toMatchObject({ order: form['order'], seenTotal: '5000' });
    expect((await submit(again)).status).toBe(303);
    expect(await placedOrders()).toMatchObject([{ totalCents: 5000, lineCount: 1 }]);
  });

  it('goes to the default address, another one, or one for this order alone', async () => {
    const kitchen = { label: 'Kitchen', line1: 'Main St 1', city: 'Springfield', isDefault: 'on' };
    await me(`${store}/account/addresses`, kitchen);
    const shipped = async (changes: Record<string, string>) => {
      await put(1);
      const answer = await submit({ ...(await open()), ...changes });
      return { ...answer, address: (await placedOrders()).at(-1)?.shippingAddress };
    };
    expect((await shipped({})).address).toMatchObject({ label: 'Kitchen' });
    expect((await shipped({ address: '' })).status).toBe(303);
    const tent = { line1: 'Fair Ground', city: 'Shelbyville' };
    const page = await me((await shipped(tent)).location ?? '');
    expect(page.text).toContain('Fair Ground');
    // An address without a name shows none.
    expect(page.text).not.toContain('<strong></strong>');
    const lines = (await placedOrders()).map(({ shippingAddress: at }) => at?.line1 ?? 'none');
    expect(new Set(lines)).toEqual(new Set(['Fair Ground', 'Main St 1', 'none']));
    const labels = (await placedOrders()).map(({ shippingAddress: at }) => at?.label ?? 'none');
    expect(new Set(labels)).toEqual(new Set(['', 'Kitchen', 'none']));
    const half = await shipped({ line1: 'Fair Ground', poNumber: 'x'.repeat(51) });
    expect(half).toMatchObject({ status: 422, roundTrips: 1 });
    for (const text of ['City is required.', 'PO number must be at most 50', 'x'.repeat(51)])
      expect(half.text).toContain(text);
    const lost = await shipped({ address: newId('address') });
    expect(lost.status).toBe(422);
    expect(lost.text).toContain('This address is no longer there. Choose another one.');
  });

  it('is not for viewers, the blocked, or forms that do not add up', async () => {
    const viewer = await joinedBrowser(me, company.slug, someEmail(), 'VIEWER');
    await put(1);
    const form = await open();
    expect(await viewer(`${store}/checkout`)).toMatchObject({ status: 303, roundTrips: 1 });
    expect((await submit(form, viewer)).status).toBe(403);
    for (const broken of [
      {},
      { ...form, seenTotal: '' },
      { ...form, line: 'x' },
      { ...form, line: `${product(0)}:0:1250` },
      { ...form, notes: 'a\0b' },
    ])
      expect(await submit(broken), JSON.stringify(broken)).toMatchObject({
        status: 422,
        roundTrips: 1,
      });
    // Less than was shown is not what was shown.
    expect((await submit({ ...form, seenTotal: '1' })).status).toBe(409);
    await write(({ db }) =>
      db.update(customers).set({ status: 'BLOCKED' }).where(eq(customers.companyId, company.id)),
    );
    expect((await submit(form)).location).toContain('/login');
    expect(await placedOrders()).toEqual([]);
  });
});

describe("a company's month", () => {
  it('ends at the limit, keeps what was typed, and goes on with the plan', async () => {
    await limitTo(1);
    await put(1);
    expect((await submit(await open())).status).toBe(303);
    await put(1);
    const form = await open();
    const refused = await submit({ ...form, notes: 'Kept' });
    expect(refused).toMatchObject({ status: 422, roundTrips: 1 });
    expect(refused.text).toContain('This store has reached its monthly order limit.');
    expect(refused.text).toContain('>Kept</textarea>');
    await limitTo(2);
    expect((await submit(form)).status).toBe(303);
    expect(await placedOrders()).toHaveLength(2);
  });

  it('gives out every place and no more, though objects are evicted between the steps', async () => {
    await limitTo(5);
    const [busy = 'prd_'] = await productsFor(company, [
      { name: 'Salt', priceCents: 1, stock: 999 },
    ]);
    const name = `${company.id}:${utcMonth(new Date())}`;
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      const forms = Array.from({ length: 3 }, () => ({
        order: newId('order'),
        seenTotal: '1',
        line: `${busy}:1:1`,
      }));
      const answers = await Promise.all(forms.map((form) => submit(form)));
      statuses.push(...answers.map(({ status }) => status));
      await server.getWorker().evictDurableObject('ORDER_PLACES', { name });
    }
    expect(statuses.filter((status) => status === 303)).toHaveLength(5);
    expect(statuses.filter((status) => status === 422)).toHaveLength(7);
    expect(await placedOrders()).toHaveLength(5);
  });

  it('gives the place of an order back that was not written, and asks anew when the database was away', async () => {
    await limitTo(1);
    await put(1);
    const form = await open();
    await setFaults({ match: 'orders_of_month', errorNext: 1 });
    expectErrorLog(/accident|"status":500/);
    expect((await submit(form)).status).toBe(500);
    expect((await submit({ ...form, seenTotal: '1' })).status).toBe(409);
    await put(1, 1);
    expect((await submit(await open())).status).toBe(303);
  });

  it('is not the month of an order that was placed before it and is sent again', async () => {
    await limitTo(1);
    await put(1);
    const form = await open();
    const then = new Date(Date.now() - 40 * 86_400_000);
    const lines = [{ productId: product(0), quantity: 1 }];
    const ctx = as(company, 'OWNER');
    const [[customer]] = await tenant(ctx, 'customers:read').batch([
      ctx.db.select({ id: customers.id }).from(customers).where(eq(customers.email, email)),
    ]);
    const input = { id: form['order'], lines, customerId: customer?.id };
    await placeOrder(as(company, 'OWNER', { now: then }), input);
    expect((await submit(form)).status).toBe(303);
    // Its place of this month is free for another one.
    await put(1);
    await expect
      .poll(async () => (await submit(await open())).status, { timeout: 10_000 })
      .toBe(303);
    expect(await placedOrders()).toHaveLength(2);
  });
});
