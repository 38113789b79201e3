import { describe, expect, it } from 'vitest';
import { as, freshCompany } from '../../test/context.ts';
import { importCsv } from '../../test/imports.ts';
import type { CompanyFixture } from '#db/factories.ts';
import { saveAddress } from '../addresses/save-address.ts';
import { deleteAddress } from '../addresses/delete-address.ts';
import { createCustomer } from '../customers/create-customer.ts';
import { listCustomers } from '../customers/queries.ts';
import { updateContact } from '../contacts/update-contact.ts';
import { updateCustomer } from '../customers/update-customer.ts';
import { readCustomers, upsertCustomers } from '../customers/upsert-customers.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { getAccountPage } from './account-page.ts';
import { changeCustomerPassword } from './change-password.ts';
import {
  isCustomerResetLinkGood,
  requestCustomerPasswordReset,
  resetCustomerPassword,
} from './reset-password.ts';
import { logOutCustomer } from './sessions.ts';
import { verifyCustomerEmail } from './verify-email.ts';
import {
  PASSWORD,
  typed,
  someEmail,
  at,
  signedIn,
  registered,
  logIn,
  sessionOf,
  mailTo,
  actions,
  invited,
  joined,
} from '../../test/storefront.ts';

const PAGE = { limit: 50, sort: 'created', descending: true } as const;

describe('registering', () => {
  it('makes a customer, signed in, and tells them and the managers', async () => {
    const company = await freshCompany();
    const { email, session } = await registered(company);
    const ctx = signedIn(company, session);
    await getAccountPage(ctx);
    expect(ctx.customer).toMatchObject({
      email,
      name: 'Blue Plate',
      role: 'PRIMARY',
      contactId: null,
    });
    expect(ctx.customer).toMatchObject({ companySlug: company.slug, emailVerified: false });
    const welcome = await mailTo(email);
    expect(welcome).toMatchObject({ template: 'customer_verify_email' });
    expect(welcome.url).toContain(`/store/${company.slug}/verify-email/`);
    const [owner, admin, member] = company.staff.map((person) => person.email);
    const notice = await mailTo(owner ?? '');
    expect(notice).toMatchObject({ template: 'new_customer', to: `${admin}, ${owner}` });
    expect(notice.text).toContain(email);
    expect((await mailTo(member ?? '')).template).toBeUndefined();
    expect(await actions(company)).toEqual([
      { action: 'CustomerRegistered', actorType: 'CUSTOMER', actorId: ctx.customer?.customerId },
    ]);
    expect(await verifyCustomerEmail(at(company), welcome.token)).toBe(true);
    expect(await verifyCustomerEmail(at(company), welcome.token)).toBe(true);
    expect(await verifyCustomerEmail(at(await freshCompany()), welcome.token)).toBe(false);
    const [customer] = (await listCustomers(as(company, 'OWNER'), PAGE)).rows;
    expect(customer).toMatchObject({ email, emailVerified: true });
  });

  it('refuses an address that a customer or a contact of this store has, and no other', async () => {
    const [company, other] = await Promise.all([freshCompany(), freshCompany()]);
    const { email } = await registered(company);
    const { email: contact } = await invited(company);
    const taken = { code: 'conflict', message: 'An account with this email already exists.' };
    await expect(registered(company, email)).rejects.toMatchObject(taken);
    await expect(registered(company, contact)).rejects.toMatchObject(taken);
    await expect(registered(other, email)).resolves.toMatchObject({ email });
    const created = createCustomer(as(company, 'OWNER'), { email: contact });
    await expect(created).rejects.toMatchObject(taken);
  });

  it('is refused alike by a full plan and by a store that has closed it', async () => {
    const full = await freshCompany({ maxCustomers: 1 });
    const { email } = await registered(full);
    const refusal = { code: 'rule', message: expect.stringContaining("isn't accepting") };
    await expect(registered(full)).rejects.toMatchObject(refusal);
    // Who has an account is told so, not that the store is full.
    await expect(registered(full, email)).rejects.toMatchObject({ code: 'conflict' });
    await expect(registered({ ...full, slug: 'nobody-here' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('logging in', () => {
  it('takes the right password at the right store, and nothing tells what was wrong', async () => {
    const [company, other] = await Promise.all([freshCompany(), freshCompany()]);
    const { email } = await registered(company);
    const { customer } = await invited(company);
    const wrong = { ok: false, reason: 'wrong' };
    expect(await logIn(company, ` ${email.toUpperCase()}`)).toMatchObject({ ok: true });
    expect(await logIn(company, email, 'wrong password')).toEqual(wrong);
    expect(await logIn(company, someEmail())).toEqual(wrong);
    expect(await logIn(company, customer.email)).toEqual(wrong);
    expect(await logIn(company, 'a\0b', '\0')).toEqual(wrong);
    expect(await logIn(other, email)).toEqual(wrong);
  });

  it('ends at the next request when blocked, and says so only to who knows the password', async () => {
    const company = await freshCompany();
    const { email, session } = await registered(company);
    const ctx = signedIn(company, session);
    await getAccountPage(ctx);
    const id = ctx.customer?.customerId ?? 'cus_';
    await updateCustomer(as(company, 'OWNER'), id, { status: 'BLOCKED' }, null);
    await expect(getAccountPage(signedIn(company, session))).rejects.toMatchObject({
      code: 'unauthorized',
    });
    expect(await logIn(company, email)).toEqual({ ok: false, reason: 'suspended' });
    expect(await logIn(company, email, 'wrong password')).toEqual({ ok: false, reason: 'wrong' });
  });

  it('lasts 7 days from the last request', async () => {
    const company = await freshCompany();
    const { session } = await registered(company);
    const at = (days: number) => ({
      ...signedIn(company, session),
      now: new Date(Date.now() + days * 86_400_000),
    });
    const first = at(0);
    await getAccountPage(first);
    expect(first.customer?.renewed).toBe(false);
    for (const days of [6, 12, 18]) {
      const later = at(days);
      await getAccountPage(later);
      expect(later.customer?.renewed).toBe(true);
    }
    await expect(getAccountPage(at(25.1))).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('does not revive when a blocked customer or a contact is let in again', async () => {
    const company = await freshCompany();
    const owner = () => as(company, 'OWNER');
    const gone = { code: 'unauthorized' };
    const { email, session } = await registered(company);
    const contact = await joined(company, session, 'ADMIN');
    const other = await registered(company);
    const me = signedIn(company, session);
    const { contacts } = await getAccountPage(me);
    const id = me.customer?.customerId ?? 'cus_';
    const [person] = contacts ?? [];
    if (!person) throw new Error('There is no contact.');
    const change = (active: boolean, version: number) =>
      updateContact(owner(), id, person.id, { name: 'Ann', role: 'ADMIN', active, version });
    await change(false, person.version);
    await change(true, person.version + 1);
    await expect(getAccountPage(signedIn(company, contact))).rejects.toMatchObject(gone);
    await getAccountPage(signedIn(company, session));

    const again = await sessionOf(company, person.email);
    const statuses: ((status: 'ACTIVE' | 'BLOCKED') => Promise<unknown>)[] = [
      (status) => updateCustomer(owner(), id, { status }, null),
      (status) =>
        upsertCustomers(owner(), readCustomers({ items: [{ email, status }], atomic: true })),
      (status) => importCsv(company, `email,status\n${email},${status}\n`),
    ];
    for (const set of statuses) {
      const late = await sessionOf(company, email);
      await set('BLOCKED');
      await set('ACTIVE');
      for (const ended of [session, again, late]) {
        await expect(getAccountPage(signedIn(company, ended))).rejects.toMatchObject(gone);
      }
    }
    await getAccountPage(signedIn(company, other.session));
  });

  it('is worth nothing at another store, nor after signing out', async () => {
    const [company, other] = await Promise.all([freshCompany(), freshCompany()]);
    const { session } = await registered(company);
    const gone = { code: 'unauthorized' };
    await expect(getAccountPage(signedIn(other, session))).rejects.toMatchObject(gone);
    await logOutCustomer(at(other), session);
    await getAccountPage(signedIn(company, session));
    await logOutCustomer(at(company), session);
    await expect(getAccountPage(signedIn(company, session))).rejects.toMatchObject(gone);
  });
});

describe('passwords', () => {
  it('are reset by a link that works once, here only, and signs all browsers out', async () => {
    const [company, other] = await Promise.all([freshCompany(), freshCompany()]);
    const { email, session } = await registered(company);
    await requestCustomerPasswordReset(at(company), { email });
    const { token, url } = await mailTo(email);
    expect(url).toContain(`/store/${company.slug}/reset/`);
    expect(await isCustomerResetLinkGood(at(company), token)).toBe(true);
    expect(await isCustomerResetLinkGood(at(other), token)).toBe(false);
    const reset = (where: CompanyFixture, password: string) =>
      resetCustomerPassword(at(where), argon2Hasher, token, typed(password));
    expect(await reset(other, 'brand new one')).toBe(false);
    expect(await reset(company, 'brand new one')).toBe(true);
    await expect(getAccountPage(signedIn(company, session))).rejects.toMatchObject({
      code: 'unauthorized',
    });
    const again = await sessionOf(company, email, 'brand new one');
    expect(await reset(company, 'another one')).toBe(false);
    expect(await isCustomerResetLinkGood(at(company), token)).toBe(false);
    await getAccountPage(signedIn(company, again));
    const late = at(company, { now: new Date(Date.now() + 3_601_000) });
    await requestCustomerPasswordReset(at(company), { email });
    expect(await isCustomerResetLinkGood(late, (await mailTo(email)).token)).toBe(false);
  });

  it('may be reset by either of two links, and then by neither', async () => {
    const company = await freshCompany();
    const { email } = await registered(company);
    const ask = async () => {
      await requestCustomerPasswordReset(at(company), { email });
      return (await mailTo(email)).token;
    };
    const [first, second] = [await ask(), await ask()];
    const reset = (token: string) =>
      resetCustomerPassword(at(company), argon2Hasher, token, typed('brand new one'));
    expect(await reset(first)).toBe(true);
    expect(await isCustomerResetLinkGood(at(company), second)).toBe(false);
    expect(await reset(second)).toBe(false);
  });

  it('are first set that way by customers who were imported or came over the API', async () => {
    const company = await freshCompany();
    const { email } = await createCustomer(as(company, 'OWNER'), { email: someEmail() });
    await requestCustomerPasswordReset(at(company), { email });
    const { token } = await mailTo(email);
    await resetCustomerPassword(at(company), argon2Hasher, token, typed(PASSWORD));
    expect(await logIn(company, email)).toMatchObject({ ok: true });
    const [customer] = (await listCustomers(as(company, 'OWNER'), PAGE)).rows;
    expect(customer).toMatchObject({ emailVerified: true });
  });

  it('change for who knows the present one, and sign the other browsers out', async () => {
    const company = await freshCompany();
    const { email, session } = await registered(company);
    const other = await sessionOf(company, email);
    const change = (currentPassword: string) =>
      changeCustomerPassword(signedIn(company, session), argon2Hasher, {
        currentPassword,
        ...typed('brand new one'),
      });
    expect(await change('wrong')).toBe(false);
    expect(await change(PASSWORD)).toBe(true);
    await getAccountPage(signedIn(company, session));
    await expect(getAccountPage(signedIn(company, other))).rejects.toMatchObject({
      code: 'unauthorized',
    });
    const log = JSON.stringify(await actions(company));
    expect(log).toContain('CustomerPasswordChanged');
    expect(log).not.toContain('argon2id');
  });
});

describe('addresses', () => {
  it('are kept with at most one default, and are nobody else’s', async () => {
    const company = await freshCompany();
    const [mine, theirs] = await Promise.all([registered(company), registered(company)]);
    const me = () => signedIn(company, mine.session);
    const address = { label: 'Kitchen', line1: 'Main St 1', city: 'Springfield' };
    await saveAddress(me(), null, { ...address, isDefault: 'on' });
    await saveAddress(me(), null, { ...address, label: 'Bar', isDefault: 'on' });
    const { addresses } = await getAccountPage(me());
    expect(addresses).toMatchObject([
      { label: 'Bar', isDefault: true, line2: null },
      { label: 'Kitchen', isDefault: false },
    ]);
    const [bar, kitchen] = addresses;
    if (!bar || !kitchen) throw new Error('No addresses.');
    const missing = { code: 'not_found' };
    const stranger = () => signedIn(company, theirs.session);
    await saveAddress(stranger(), null, { ...address, isDefault: 'on' });
    const theft = saveAddress(stranger(), kitchen.id, { ...address, isDefault: 'on' });
    await expect(theft).rejects.toMatchObject(missing);
    await expect(deleteAddress(stranger(), bar.id)).rejects.toMatchObject(missing);
    expect((await getAccountPage(stranger())).addresses).toMatchObject([{ isDefault: true }]);
    await saveAddress(me(), kitchen.id, { ...address, city: 'Shelbyville', isDefault: 'on' });
    await deleteAddress(me(), bar.id);
    expect((await getAccountPage(me())).addresses).toMatchObject([
      { label: 'Kitchen', city: 'Shelbyville', isDefault: true },
    ]);
  });
});
