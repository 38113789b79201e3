import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import {
  companies,
  customers,
  priceOverrides,
  products as productsTable,
  stockLevels,
} from '#db/schema/index.ts';
import { tenant } from '#src/tenant.ts';
import { as } from '../context.ts';
import { setFaults } from '../faults.ts';
import { expectErrorLog } from '../server.ts';
import { formIn, newShopper, type Shopper } from '../shopper.ts';
import { someEmail } from '../storefront.ts';
import { joinedBrowser } from '../storefront-browser.ts';

let shopper: Shopper;
beforeEach(async () => {
  shopper = await newShopper();
});
afterEach(() => setFaults({}));

async function write(
  change: (ctx: ReturnType<typeof as>) => Parameters<ReturnType<typeof tenant>['batch']>[0][number],
) {
  const ctx = as(shopper.company, 'OWNER');
  await tenant(ctx, 'products:write').batch([change(ctx)]);
}

describe('checking out', () => {
  it('places what was shown, in one round trip, and leads to the order', async () => {
    await shopper.put(4);
    const form = await shopper.open();
    const placed = await shopper.submit({ ...form, poNumber: ' PO-7 ', notes: 'Ring\r\ntwice' });
    expect(placed).toMatchObject({ status: 303, roundTrips: 1 });
    const page = await shopper.me(placed.location ?? '');
    expect(page).toMatchObject({ status: 200, roundTrips: 1 });
    for (const text of ['Order #1001 is placed', 'PO-7', 'Ring', '$50.00', 'Flour'])
      expect(page.text).toContain(text);
    expect(await shopper.placedOrders()).toMatchObject([
      { source: 'STOREFRONT', status: 'SUBMITTED', totalCents: 5000, poNumber: 'PO-7' },
    ]);
    expect((await shopper.me(`${shopper.store}/checkout`)).text).toContain(
      'There is nothing to order',
    );
  });

  it('is one order however often it is sent: twice at once, after a reload, from the page before', async () => {
    await shopper.put(1);
    const form = await shopper.open();
    const answers = await Promise.all(Array.from({ length: 10 }, () => shopper.submit(form)));
    const back = await shopper.submit(form);
    const locations = new Set([...answers, back].map(({ location }) => location));
    expect([...locations]).toEqual([`${shopper.store}/orders/${String(form['order'])}`]);
    expect(await shopper.placedOrders()).toHaveLength(1);
  });

  it('is one order when the answer was lost and it is sent again', async () => {
    await shopper.put(1);
    const form = await shopper.open();
    expectErrorLog(/accident|"status":500/);
    await setFaults({ match: 'place_order', dropNext: 1 });
    expect((await shopper.submit(form)).status).toBe(500);
    const again = await shopper.submit({ ...form, notes: 'Typed after the failure' });
    expect(again).toMatchObject({ status: 303 });
    const said = decodeURIComponent(again.headers.get('Set-Cookie') ?? '');
    expect(said).toContain('was placed already, as it was sent first.');
    expect(await shopper.placedOrders()).toHaveLength(1);
  });

  it('tells a script where the order is, and answers its refusals with the page', async () => {
    await shopper.put(1);
    const form = await shopper.open();
    const byScript = (fields: typeof form) =>
      shopper.me(`${shopper.store}/checkout`, fields, { 'HX-Request': 'true' });
    const refused = await byScript({ ...form, line1: 'Main St 1' });
    expect(refused).toMatchObject({ status: 422, roundTrips: 1 });
    expect(refused.text).toContain('id="checkout"');
    const path = `${shopper.store}/orders/${String(form['order'])}`;
    for (const answer of [await byScript(form), await byScript(form)]) {
      expect(answer).toMatchObject({ status: 200, text: '', location: null, roundTrips: 1 });
      expect(answer.headers.get('HX-Redirect')).toBe(path);
    }
    expect(await shopper.placedOrders()).toHaveLength(1);
  });

  it('asks once about a price that has changed, and places it at the new one', async () => {
    await shopper.put(2);
    const form = await shopper.open();
    await write(({ db }) =>
      db
        .update(productsTable)
        .set({ priceCents: 1300 })
        .where(
          and(
            eq(productsTable.companyId, shopper.company.id),
            eq(productsTable.id, shopper.product(0)),
          ),
        ),
    );
    const asked = await shopper.submit({ ...form, notes: 'Kept <i>' });
    expect(asked.status).toBe(409);
    for (const text of ['was $12.50', '$13.00', 'was $25.00', 'Kept &lt;i&gt;'])
      expect(asked.text).toContain(text);
    expect(await shopper.placedOrders()).toEqual([]);
    const again = formIn(asked.text);
    expect(again['order']).toBe(form['order']);
    expect((await shopper.submit(again)).status).toBe(303);
    expect(await shopper.placedOrders()).toMatchObject([{ id: form['order'], totalCents: 2600 }]);
  });

  it("is at the customer's own price, with tax and shipping that are asked about when they change", async () => {
    const ctx = as(shopper.company, 'OWNER');
    const [[customer]] = await tenant(ctx, 'customers:read').batch([
      ctx.db.select({ id: customers.id }).from(customers).where(eq(customers.email, shopper.email)),
    ]);
    await write(({ db }) =>
      db.insert(priceOverrides).values({
        companyId: shopper.company.id,
        customerId: customer?.id ?? 'cus_',
        productId: shopper.product(0),
        priceCents: 1000,
      }),
    );
    await shopper.put(2);
    const form = await shopper.open();
    expect(form['seenTotal']).toBe('2000');
    await write(({ db }) =>
      db
        .update(companies)
        .set({ taxRatePpm: 100_000, shippingCents: 700 })
        .where(eq(companies.id, shopper.company.id)),
    );
    const asked = await shopper.submit(form);
    expect(asked.status).toBe(409);
    expect(asked.text).toContain('was $20.00 and is now $29.00');
    expect((await shopper.submit(formIn(asked.text))).status).toBe(303);
    expect(await shopper.placedOrders()).toMatchObject([{ taxCents: 200, totalCents: 2900 }]);
  });

  it('names everything that is short or gone, and updates the cart to what is left', async () => {
    await shopper.put(10);
    await shopper.put(3, 1);
    const form = await shopper.open();
    const short = and(
      eq(stockLevels.companyId, shopper.company.id),
      eq(stockLevels.productId, shopper.product(0)),
    );
    await write(({ db }) => db.update(stockLevels).set({ onHand: 4 }).where(short));
    const gone = and(
      eq(productsTable.companyId, shopper.company.id),
      eq(productsTable.id, shopper.product(1)),
    );
    await write(({ db }) => db.update(productsTable).set({ active: false }).where(gone));
    const refused = await shopper.submit({ ...form, poNumber: 'PO-8' });
    expect(refused.status).toBe(409);
    for (const text of [
      'Not enough stock for Flour. Only 4 available.',
      'Sugar is no longer available.',
      'value="PO-8"',
    ])
      expect(refused.text).toContain(text);
    const fitted = await shopper.me(`${shopper.store}/checkout/fit`, {
      ...formIn(refused.text),
      poNumber: 'PO-8',
    });
    expect(fitted).toMatchObject({ status: 200, roundTrips: 1 });
    expect(fitted.text).not.toContain('Sugar');
    const again = formIn(fitted.text);
    expect(again).toMatchObject({ order: form['order'], seenTotal: '5000' });
    expect((await shopper.submit(again)).status).toBe(303);
    expect(await shopper.placedOrders()).toMatchObject([{ totalCents: 5000, lineCount: 1 }]);
  });

  it('goes to the default address, another one, or one for this order alone', async () => {
    const kitchen = { label: 'Kitchen', line1: 'Main St 1', city: 'Springfield', isDefault: 'on' };
    await shopper.me(`${shopper.store}/account/addresses`, kitchen);
    const shipped = async (changes: Record<string, string>) => {
      await shopper.put(1);
      const answer = await shopper.submit({ ...(await shopper.open()), ...changes });
      return { ...answer, address: (await shopper.placedOrders()).at(-1)?.shippingAddress };
    };
    expect((await shipped({})).address).toMatchObject({ label: 'Kitchen' });
    expect((await shipped({ address: '' })).status).toBe(303);
    const tent = { line1: 'Fair Ground', city: 'Shelbyville' };
    const page = await shopper.me((await shipped(tent)).location ?? '');
    expect(page.text).toContain('Fair Ground');
    // An address without a name shows none.
    expect(page.text).not.toContain('<strong></strong>');
    const lines = (await shopper.placedOrders()).map(
      ({ shippingAddress: at }) => at?.line1 ?? 'none',
    );
    expect(new Set(lines)).toEqual(new Set(['Fair Ground', 'Main St 1', 'none']));
    const labels = (await shopper.placedOrders()).map(
      ({ shippingAddress: at }) => at?.label ?? 'none',
    );
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
    const viewer = await joinedBrowser(shopper.me, shopper.company.slug, someEmail(), 'VIEWER');
    await shopper.put(1);
    const form = await shopper.open();
    expect(await viewer(`${shopper.store}/checkout`)).toMatchObject({ status: 303, roundTrips: 1 });
    expect((await shopper.submit(form, viewer)).status).toBe(403);
    for (const broken of [
      {},
      { ...form, seenTotal: '' },
      { ...form, line: 'x' },
      { ...form, line: `${shopper.product(0)}:0:1250` },
      { ...form, notes: 'a\0b' },
    ])
      expect(await shopper.submit(broken), JSON.stringify(broken)).toMatchObject({
        status: 422,
        roundTrips: 1,
      });
    // Less than was shown is not what was shown.
    expect((await shopper.submit({ ...form, seenTotal: '1' })).status).toBe(409);
    await write(({ db }) =>
      db
        .update(customers)
        .set({ status: 'BLOCKED' })
        .where(eq(customers.companyId, shopper.company.id)),
    );
    expect((await shopper.submit(form)).status).toBe(401);
    expect(await shopper.placedOrders()).toEqual([]);
  });
});
