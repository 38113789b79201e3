import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import {
  companies,
  contacts,
  customerTotals,
  orders,
  priceOverrides,
  stockLevels,
  stockMovements,
} from '#db/schema/index.ts';
import { addToCart } from '#src/cart/add-to-cart.ts';
import { getCart } from '#src/cart/queries.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { updateCustomer } from '#src/customers/update-customer.ts';
import { tenant } from '#src/tenant.ts';
import { as, freshCompany } from '../../test/context.ts';
import { productsFor } from '../../test/products.ts';
import { actions, joined, mailTo, registered, signedIn, someEmail } from '../../test/storefront.ts';
import { changeOrderStatus } from './change-order-status.ts';
import { placeOrder } from './place-order.ts';

let company: CompanyFixture;
let products: Id<'product'>[];

const line = (n: number, quantity: number, seenCents: number | null = null) => ({
  productId: products[n] ?? '',
  quantity,
  seenCents,
});
const order = (...lines: ReturnType<typeof line>[]) => ({ id: newId('order'), lines });

beforeEach(async () => {
  company = await freshCompany();
  products = await productsFor(company, [
    { name: 'Flour', priceCents: 1250, stock: 10 },
    { name: 'Salt', priceCents: 99, stock: 3 },
    { name: 'Old cheese', priceCents: 500, stock: 5, active: false },
  ]);
});

/** Rows of a table as the company's owner sees them. */
async function all<
  T extends typeof orders | typeof stockLevels | typeof stockMovements | typeof customerTotals,
>(table: T) {
  const ctx = as(company, 'OWNER');
  const [rows] = await tenant(ctx, 'orders:read').batch([
    ctx.db.select().from(table as typeof orders),
  ]);
  return rows as unknown as T['$inferSelect'][];
}

const stockOf = async (n: number) =>
  (await all(stockLevels)).find(({ productId }) => productId === products[n])?.onHand;

describe('placing', () => {
  it('takes stock, freezes what was ordered and tells the buyer', async () => {
    const { email, session } = await registered(company);
    const result = await placeOrder(signedIn(company, session), {
      ...order(line(0, 2, 1250), line(1, 1, 99)),
      poNumber: ' PO 7 ',
    });
    expect(result).toMatchObject({ ok: true, number: 1001, again: false });
    expect(await all(orders)).toMatchObject([
      {
        number: 1001,
        source: 'STOREFRONT',
        customerEmail: email,
        totalCents: 2599,
        poNumber: 'PO 7',
        lineCount: 2,
      },
    ]);
    expect([await stockOf(0), await stockOf(1)]).toEqual([8, 2]);
    expect(await mailTo(email)).toMatchObject({ template: 'order_placed' });
    expect((await actions(company)).map(({ action }) => action)).toContain('OrderPlaced');
    expect(await all(customerTotals)).toMatchObject([{ orders: 1, spentCents: 2599 }]);
  });

  it('is the same order when it is submitted again', async () => {
    const { session } = await registered(company);
    const input = order(line(0, 2));
    const first = await placeOrder(signedIn(company, session), input);
    const second = await placeOrder(signedIn(company, session), input);
    expect(second).toEqual({ ...first, again: true });
    expect(await stockOf(0)).toBe(8);
  });

  it('names every line that is short, gone or of another price, and writes nothing', async () => {
    const { session } = await registered(company);
    const result = await placeOrder(
      signedIn(company, session),
      order(line(0, 11), line(1, 1, 98), line(2, 1), {
        ...line(0, 1),
        productId: newId('product'),
      }),
    );
    expect(result).toMatchObject({
      ok: false,
      lines: [
        { problem: 'short', name: 'Flour', available: 10 },
        { problem: 'price', seenCents: 98, priceCents: 99 },
        { problem: 'gone', name: 'Old cheese' },
        { problem: 'gone', name: null },
      ],
    });
    expect(await all(orders)).toEqual([]);
    expect(await stockOf(0)).toBe(10);
  });

  it("asks when tax or shipping has changed the total, and uses the customer's own rate", async () => {
    const ctx = as(company, 'OWNER');
    await tenant(ctx, 'company:write').batch([
      ctx.db
        .update(companies)
        .set({ taxRatePpm: 82_500, shippingCents: 700, freeShippingFromCents: 5000 })
        .where(eq(companies.id, company.id)),
    ]);
    const { session } = await registered(company);
    const me = () => signedIn(company, session);
    // 2 × 12.50 = 25.00, 8.25 % of it 2.0625, shipping 7.00.
    expect(await placeOrder(me(), { ...order(line(0, 2)), seenTotalCents: 2500 })).toEqual({
      ok: false,
      lines: [],
      totalCents: 3406,
    });
    expect(await placeOrder(me(), { ...order(line(0, 2)), seenTotalCents: 3406 })).toMatchObject({
      ok: true,
    });
    expect(await placeOrder(me(), { ...order(line(0, 4)), seenTotalCents: 5413 })).toMatchObject({
      ok: true,
    });
  });

  it("uses the customer's own price where there is one", async () => {
    const customer = await createCustomer(as(company, 'OWNER'), { email: 'own@example.com' });
    const ctx = as(company, 'OWNER');
    await tenant(ctx, 'customers:write').batch([
      ctx.db.insert(priceOverrides).values({
        companyId: company.id,
        customerId: customer.id,
        productId: products[0] ?? 'prd_',
        priceCents: 1000,
      }),
    ]);
    const staff = () => as(company, 'MEMBER');
    await placeOrder(staff(), { ...order(line(0, 1)), customerId: customer.id });
    await placeOrder(staff(), {
      ...order(line(0, 1)),
      customerId: customer.id,
      pricing: 'catalog',
    });
    await placeOrder(staff(), order(line(2, 1)));
    expect(
      (await all(orders)).map(({ totalCents }) => totalCents).toSorted((a, b) => a - b),
    ).toEqual([500, 1000, 1250]);
    await updateCustomer(as(company, 'OWNER'), customer.id, { status: 'BLOCKED' }, null);
    await expect(
      placeOrder(staff(), { ...order(line(0, 1)), customerId: customer.id }),
    ).rejects.toMatchObject({ code: 'rule' });
  });
});

describe('moving on', () => {
  it('returns stock once when cancelled, and is final', async () => {
    const { email, session } = await registered(company);
    const placed = await placeOrder(signedIn(company, session), order(line(0, 4)));
    if (!placed.ok) throw new Error('Not placed.');
    const staff = () => as(company, 'MEMBER');
    expect(await changeOrderStatus(staff(), placed.id, 'CONFIRMED', 'SUBMITTED')).toMatchObject({
      outcome: 'changed',
      status: 'CONFIRMED',
    });
    expect(await changeOrderStatus(staff(), placed.id, 'SHIPPED', 'SUBMITTED')).toMatchObject({
      outcome: 'changed_meanwhile',
      status: 'CONFIRMED',
    });
    await expect(
      changeOrderStatus(signedIn(company, session), placed.id, 'CANCELLED', null),
    ).rejects.toMatchObject({ code: 'rule' });
    expect(await changeOrderStatus(staff(), placed.id, 'CANCELLED', null)).toMatchObject({
      outcome: 'changed',
    });
    expect(await changeOrderStatus(staff(), placed.id, 'CANCELLED', null)).toMatchObject({
      outcome: 'unchanged',
    });
    await expect(changeOrderStatus(staff(), placed.id, 'SUBMITTED', null)).rejects.toMatchObject({
      code: 'rule',
    });
    expect(await stockOf(0)).toBe(10);
    expect(
      (await all(stockMovements))
        .filter(({ productId }) => productId === products[0])
        .map(({ delta, reason }) => [delta, reason]),
    ).toEqual([
      [10, 'edit'],
      [-4, 'order'],
      [4, 'cancel'],
    ]);
    expect(await all(customerTotals)).toMatchObject([{ orders: 1, cancelled: 1, spentCents: 0 }]);
    expect(await mailTo(email)).toMatchObject({
      template: 'order_status',
      data: { status: 'CANCELLED' },
    });
  });

  it('tells the contact who placed it, for as long as they are one, and otherwise the customer', async () => {
    const { email, session } = await registered(company);
    const contact = someEmail();
    const theirs = await joined(company, session, 'BUYER', contact);
    const placed = await placeOrder(signedIn(company, theirs), order(line(0, 1)));
    if (!placed.ok) throw new Error('Not placed.');
    const told = async (to: string) =>
      (await mailTo(to)).all.flatMap(({ template, data }) =>
        template.startsWith('order') ? [data['status'] ?? 'placed'] : [],
      );
    const move = (status: 'CONFIRMED' | 'SHIPPED' | 'DELIVERED') =>
      changeOrderStatus(as(company, 'MEMBER'), placed.id, status, null);
    await move('CONFIRMED');
    expect([await told(contact), await told(email)]).toEqual([['CONFIRMED', 'placed'], []]);

    const ctx = as(company, 'OWNER');
    const change = (active: boolean) =>
      tenant(ctx, 'contacts:write').batch([
        ctx.db.update(contacts).set({ active }).where(eq(contacts.email, contact)),
      ]);
    await change(false);
    await move('SHIPPED');
    expect([await told(contact), await told(email)]).toEqual([
      ['CONFIRMED', 'placed'],
      ['SHIPPED'],
    ]);
    await change(true);
    await move('DELIVERED');
    expect(await told(contact)).toEqual(['DELIVERED', 'CONFIRMED', 'placed']);
  });

  it("is nobody else's to cancel", async () => {
    const [{ session }, other] = [await registered(company), await registered(company)];
    const placed = await placeOrder(signedIn(company, session), order(line(0, 1)));
    if (!placed.ok) throw new Error('Not placed.');
    await expect(
      changeOrderStatus(signedIn(company, other.session), placed.id, 'CANCELLED', null),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect(
      await changeOrderStatus(signedIn(company, session), placed.id, 'CANCELLED', null),
    ).toMatchObject({ outcome: 'changed' });
  });
});

it('leaves in the cart what somebody has added since the checkout was shown', async () => {
  const { session } = await registered(company);
  const me = () => signedIn(company, session);
  await addToCart(me(), [line(0, 5), line(1, 1)]);
  expect(await placeOrder(me(), order(line(0, 3), line(1, 1)))).toMatchObject({ ok: true });
  const { lines } = await getCart(me());
  expect(lines).toMatchObject([{ name: 'Flour', quantity: 2 }]);
});
