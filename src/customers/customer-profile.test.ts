import { expect, it } from 'vitest';
import { as, freshCompany } from '../../test/context.ts';
import { newId } from '#db/ids.ts';
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

it('finds nobody who is not there', async () => {
  const ctx = as(await freshCompany(), 'OWNER');
  await expect(getCustomerProfile(ctx, newId('customer'))).rejects.toMatchObject({
    code: 'not_found',
  });
});
