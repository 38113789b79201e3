import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { as, freshCompany } from '../../test/context.ts';
import { type Id, newId } from '#db/ids.ts';
import { companies } from '#db/schema/index.ts';
import { inviteContact } from '../contacts/invite-contact.ts';
import { changeOrderStatus } from '../orders/change-order-status.ts';
import { placeOrder } from '../orders/place-order.ts';
import { productsFor } from '../../test/products.ts';
import { tenant } from '../tenant.ts';
import { createCustomer } from './create-customer.ts';
import { customerView, getCustomerList } from './customer-list.ts';
import { getCustomerProfile } from './customer-profile.ts';
import { updateCustomer } from './update-customer.ts';

it("shows a customer's changes to those who may see the log", async () => {
  const company = await freshCompany();
  const owner = as(company, 'OWNER');
  const { id } = await createCustomer(owner, { email: 'a@b.co' });
  const other = await createCustomer(owner, { email: 'c@d.co' });
  await updateCustomer(owner, id, { notes: 'x' }, 1);
  const profile = await getCustomerProfile(as(company, 'ADMIN'), id);
  expect(profile).toMatchObject({ customer: { id, notes: 'x' }, ordered: { orders: 0 } });
  expect(profile.changes?.map(({ action }) => action)).toEqual([
    'CustomerUpdated',
    'CustomerCreated',
  ]);
  expect((await getCustomerProfile(owner, other.id)).changes).toHaveLength(1);
  expect((await getCustomerProfile(as(company, 'MEMBER'), id)).changes).toBeNull();
});

it('shows its people with the link that lets them in, for as long as it works', async () => {
  const company = await freshCompany();
  const owner = as(company, 'OWNER');
  const { id } = await createCustomer(owner, { email: 'a@b.co' });
  const other = await createCustomer(owner, { email: 'c@d.co' });
  await inviteContact(owner, id, { email: 'ann@b.co', name: 'Ann', role: 'BUYER' });
  const profile = await getCustomerProfile(as(company, 'MEMBER'), id);
  expect(profile).toMatchObject({
    contacts: [{ email: 'ann@b.co', pending: true, active: true, inviteExpired: false }],
    addresses: [],
  });
  const prefix = `http://localhost:8787/store/${company.slug}/setup-password/`;
  expect(profile.contacts[0]?.inviteUrl?.startsWith(prefix)).toBe(true);
  const at = (days: number) => ({ now: new Date(owner.now.getTime() + days * 86_400_000) });
  for (const [days, inviteExpired] of [
    [6.9, false],
    [7, true],
  ] as const) {
    const { contacts } = await getCustomerProfile(as(company, 'MEMBER', at(days)), id);
    expect(contacts).toMatchObject([{ inviteExpired }]);
  }
  expect((await getCustomerProfile(owner, other.id)).contacts).toEqual([]);
});

it('sums up what was ordered, and pages through it', async () => {
  const company = await freshCompany();
  const { id } = await createCustomer(as(company, 'OWNER'), { email: 'a@b.co' });
  const [productId] = await productsFor(company, [{ name: 'Flour', priceCents: 333, stock: 500 }]);
  const staff = (minute = 0) =>
    as(company, 'MEMBER', { now: new Date(Date.UTC(2026, 0, 1, 0, minute)) });
  const ids = Array.from({ length: 13 }, () => newId('order'));
  for (const [n, order] of ids.entries()) {
    const lines = [{ productId, quantity: n + 1 }];
    await placeOrder(staff(n), { id: order, customerId: id, lines });
  }
  await changeOrderStatus(staff(), ids[12] ?? 'ord_', 'CANCELLED', null);
  const profile = await getCustomerProfile(staff(), id);
  // 1 + 2 + … + 12 = 78 times 3.33; the thirteenth is cancelled.
  expect(profile.ordered).toEqual({
    orders: 13,
    spentCents: 78 * 333,
    averageCents: Math.round((78 * 333) / 12),
    lastOrderAt: new Date(Date.UTC(2026, 0, 1, 0, 12)),
  });
  const numbers = ({ orders }: typeof profile) => orders.rows.map(({ number }) => number);
  expect(numbers(profile)).toEqual(Array.from({ length: 10 }, (_, n) => 1013 - n));
  const next = await getCustomerProfile(staff(), id, { after: profile.orders.last ?? '' });
  expect(numbers(next)).toEqual([1003, 1002, 1001]);
  const back = await getCustomerProfile(staff(), id, { before: next.orders.first ?? '' });
  expect(numbers(back)).toEqual(numbers(profile));
  const { page } = await getCustomerList(staff(), customerView({}), 10);
  expect(page.rows).toMatchObject([{ ordered: profile.ordered }]);
});

it('sums up money in the currency the company has, and counts orders of all', async () => {
  const company = await freshCompany();
  const { id } = await createCustomer(as(company, 'OWNER'), { email: 'a@b.co' });
  const [productId] = await productsFor(company, [{ name: 'Flour', priceCents: 100, stock: 500 }]);
  const useCurrency = async (currency: string) => {
    const ctx = as(company, 'OWNER');
    await tenant(ctx, 'company:write').batch([
      ctx.db.update(companies).set({ currency }).where(eq(companies.id, company.id)),
    ]);
  };
  const place = async (quantity: number, day: number) => {
    const ctx = as(company, 'MEMBER', { now: new Date(Date.UTC(2026, 0, day)) });
    const order = newId('order');
    const lines = [{ productId, quantity }];
    await placeOrder(ctx, { id: order, customerId: id, lines });
    return order;
  };
  const summary = async () => {
    const { ordered } = await getCustomerProfile(as(company, 'MEMBER'), id);
    const { page } = await getCustomerList(as(company, 'MEMBER'), customerView({}), 10);
    expect(page.rows).toMatchObject([{ ordered }]);
    return { ...ordered, lastOrderAt: ordered.lastOrderAt?.getUTCDate() };
  };
  const cancel = (order: Id<'order'>) =>
    changeOrderStatus(as(company, 'MEMBER'), order, 'CANCELLED', null);

  const dollars = await place(5, 3);
  await useCurrency('EUR');
  expect(await summary()).toEqual({ orders: 1, spentCents: 0, averageCents: null, lastOrderAt: 3 });
  await place(2, 1);
  const euros = await place(4, 2);
  expect(await summary()).toEqual({
    orders: 3,
    spentCents: 600,
    averageCents: 300,
    lastOrderAt: 3,
  });
  await cancel(dollars);
  expect(await summary()).toMatchObject({ orders: 3, spentCents: 600, averageCents: 300 });
  await cancel(euros);
  expect(await summary()).toMatchObject({ orders: 3, spentCents: 200, averageCents: 200 });
  await useCurrency('USD');
  expect(await summary()).toMatchObject({ orders: 3, spentCents: 0, averageCents: null });
});

it('finds nobody who is not there', async () => {
  const ctx = as(await freshCompany(), 'OWNER');
  await expect(getCustomerProfile(ctx, newId('customer'))).rejects.toMatchObject({
    code: 'not_found',
  });
});
