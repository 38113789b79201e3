import { expect, it } from 'vitest';
import { as, freshCompany } from '../../test/context.ts';
import { newId } from '#db/ids.ts';
import { inviteContact } from '../contacts/invite-contact.ts';
import { createCustomer } from './create-customer.ts';
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

it('finds nobody who is not there', async () => {
  const ctx = as(await freshCompany(), 'OWNER');
  await expect(getCustomerProfile(ctx, newId('customer'))).rejects.toMatchObject({
    code: 'not_found',
  });
});
