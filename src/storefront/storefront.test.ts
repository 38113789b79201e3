import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { as, context, freshCompany } from '../../test/context.ts';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { auditEntries, contacts } from '#db/schema/index.ts';
import { saveAddress } from '../addresses/save-address.ts';
import { deleteAddress } from '../addresses/delete-address.ts';
import { inviteContact } from '../contacts/invite-contact.ts';
import { removeContact } from '../contacts/remove-contact.ts';
import { resendInvite } from '../contacts/resend-invite.ts';
import { isInviteGood, requestInvite, setUpPassword } from '../contacts/set-up-password.ts';
import { updateContact } from '../contacts/update-contact.ts';
import type { Ctx } from '../context.ts';
import { createCustomer } from '../customers/create-customer.ts';
import { listCustomers } from '../customers/queries.ts';
import { updateCustomer } from '../customers/update-customer.ts';
import { argon2Hasher } from '../lib/password.ts';
import { listOutbox } from '../mail/queries.ts';
import { tenant } from '../tenant.ts';
import { getAccountPage } from './account-page.ts';
import { changeCustomerPassword } from './change-password.ts';
import { logInCustomer } from './log-in.ts';
import { register } from './register.ts';
import {
  isCustomerResetLinkGood,
  requestCustomerPasswordReset,
  resetCustomerPassword,
} from './reset-password.ts';
import { myCustomer } from './me.ts';
import { logOutCustomer } from './sessions.ts';
import { updateCustomerProfile } from './update-profile.ts';
import { verifyCustomerEmail } from './verify-email.ts';

const PASSWORD = 'correct horse';
const PAGE = { limit: 50, sort: 'created', descending: true } as const;
const typed = (newPassword: string) => ({ newPassword, repeated: newPassword });
const someEmail = () => `b-${newId('user').slice(-10)}@example.com`;
const at = (company: CompanyFixture, overrides?: Partial<Ctx>) =>
  context({ kind: 'store', slug: company.slug }, overrides);
const signedIn = (company: CompanyFixture, sessionId: Id<'session'>) =>
  context({ kind: 'customer', sessionId, slug: company.slug });

async function registered(company: CompanyFixture, email = someEmail()) {
  const session = await register(
    at(company),
    argon2Hasher,
    { name: 'Blue Plate', email, password: PASSWORD },
    'Firefox',
  );
  return { email, session };
}

const logIn = (company: CompanyFixture, email: string, password = PASSWORD) =>
  logInCustomer(at(company), argon2Hasher, { email, password }, 'Safari');

async function sessionOf(company: CompanyFixture, email: string, password = PASSWORD) {
  const result = await logIn(company, email, password);
  if (!result.ok) throw new Error(`Not logged in: ${result.reason}.`);
  return result.sessionId;
}

/** The newest mail to this address, and its link's token. */
async function mailTo(email: string) {
  const mails = await listOutbox(context({ kind: 'nobody' }));
  const mail = mails.find(({ to }) => to.split(', ').includes(email));
  return {
    ...mail,
    url: mail?.data['url'] ?? '',
    token: mail?.data['url']?.split('/').at(-1) ?? '',
  };
}

async function actions(company: CompanyFixture) {
  const ctx = as(company, 'OWNER');
  const [rows] = await tenant(ctx, 'audit:read').batch([
    ctx.db.select().from(auditEntries).orderBy(auditEntries.id),
  ]);
  return rows.map(({ action, actorType, actorId }) => ({ action, actorType, actorId }));
}

async function invited(company: CompanyFixture) {
  const customer = await createCustomer(as(company, 'OWNER'), { email: someEmail(), name: 'Cafe' });
  const email = someEmail();
  await inviteContact(as(company, 'OWNER'), customer.id, { email, name: 'Ann', role: 'BUYER' });
  const ctx = as(company, 'OWNER');
  const [[contact]] = await tenant(ctx, 'customers:read').batch([
    ctx.db.select().from(contacts).where(eq(contacts.email, email)),
  ]);
  if (!contact) throw new Error('Nobody was invited.');
  return { customer, contact, email };
}

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

describe('contacts', () => {
  it('choose their first password by the newest invitation, once, and are signed in', async () => {
    const company = await freshCompany();
    const { customer, contact, email } = await invited(company);
    const first = await mailTo(email);
    expect(first).toMatchObject({ template: 'contact_invite' });
    const later = as(company, 'OWNER', { now: new Date(Date.now() + 1000) });
    await resendInvite(later, customer.id, contact.id);
    const second = await mailTo(email);
    expect(await isInviteGood(at(company), first.token)).toBe(false);
    expect(await isInviteGood(at(company), second.token)).toBe(true);
    const join = (token: string, where = company) =>
      setUpPassword(at(where), argon2Hasher, token, typed(PASSWORD), 'Firefox');
    expect(await join(first.token)).toBeNull();
    expect(await join(second.token, await freshCompany())).toBeNull();
    const session = await join(second.token);
    if (!session) throw new Error('Not signed in.');
    expect(await join(second.token)).toBeNull();
    const ctx = signedIn(company, session);
    const page = await getAccountPage(ctx);
    expect(ctx.customer).toMatchObject({ role: 'BUYER', email, customerName: 'Cafe' });
    expect(ctx.customer).toMatchObject({ contactId: contact.id, emailVerified: true });
    expect(page.contacts).toBeNull();
    await expect(resendInvite(later, customer.id, contact.id)).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await actions(company)).toMatchObject([
      { action: 'CustomerCreated' },
      { action: 'CustomerContactCreated', actorType: 'USER' },
      { action: 'CustomerContactInviteResent', actorType: 'USER' },
      { action: 'CustomerContactJoined', actorType: 'CUSTOMER', actorId: contact.id },
    ]);
  });

  it('ask for a fresh invitation themselves, without anybody learning who is invited', async () => {
    const company = await freshCompany();
    const { email } = await invited(company);
    const { token } = await mailTo(email);
    await requestInvite(at(company, { now: new Date(Date.now() + 1000) }), { email });
    expect(await isInviteGood(at(company), token)).toBe(false);
    expect(await isInviteGood(at(company), (await mailTo(email)).token)).toBe(true);
    const stranger = someEmail();
    await requestInvite(at(company), { email: stranger });
    expect((await mailTo(stranger)).template).toBeUndefined();
    const week = at(company, { now: new Date(Date.now() + 8 * 86_400_000) });
    expect(await isInviteGood(week, (await mailTo(email)).token)).toBe(false);
  });

  it('are out at the next request when switched off, removed, or their customer is blocked', async () => {
    const company = await freshCompany();
    const { customer, contact, email } = await invited(company);
    const owner = () => as(company, 'OWNER');
    await setUpPassword(
      at(company),
      argon2Hasher,
      (await mailTo(email)).token,
      typed(PASSWORD),
      '',
    );
    const session = await sessionOf(company, email);
    const edit = { name: 'Ann', role: 'VIEWER', active: true } as const;
    const version = 2;
    expect(await updateContact(owner(), customer.id, contact.id, { ...edit, version })).toBe(true);
    const stale = updateContact(owner(), customer.id, contact.id, { ...edit, name: 'Bo', version });
    await expect(stale).rejects.toMatchObject({ code: 'conflict' });
    const ctx = signedIn(company, session);
    await getAccountPage(ctx);
    expect(ctx.customer).toMatchObject({ role: 'VIEWER' });
    await updateContact(owner(), customer.id, contact.id, { ...edit, active: false, version: 3 });
    const out = { code: 'unauthorized' };
    await expect(getAccountPage(signedIn(company, session))).rejects.toMatchObject(out);
    expect(await logIn(company, email)).toEqual({ ok: false, reason: 'wrong' });
    await updateContact(owner(), customer.id, contact.id, { ...edit, version: 4 });
    await updateCustomer(owner(), customer.id, { status: 'BLOCKED' }, null);
    await expect(getAccountPage(signedIn(company, session))).rejects.toMatchObject(out);
    expect(await logIn(company, email)).toEqual({ ok: false, reason: 'suspended' });
    await removeContact(owner(), customer.id, contact.id);
    expect(await logIn(company, email)).toEqual({ ok: false, reason: 'wrong' });
    await expect(removeContact(owner(), customer.id, contact.id)).rejects.toMatchObject({
      code: 'not_found',
    });
    // The address is free again.
    await registered(company, email);
  });

  it("belong to one customer, whom nobody else's people can touch", async () => {
    const [company, other] = await Promise.all([freshCompany(), freshCompany()]);
    const { customer, contact } = await invited(company);
    const { session } = await registered(company);
    const missing = { code: 'not_found' };
    const input = { email: someEmail(), role: 'BUYER' };
    await expect(inviteContact(as(other, 'OWNER'), customer.id, input)).rejects.toMatchObject(
      missing,
    );
    await expect(removeContact(as(other, 'OWNER'), customer.id, contact.id)).rejects.toMatchObject(
      missing,
    );
    await expect(resendInvite(as(other, 'OWNER'), customer.id, contact.id)).rejects.toMatchObject(
      missing,
    );
    await expect(
      removeContact(signedIn(company, session), myCustomer, contact.id),
    ).rejects.toMatchObject(missing);
    await inviteContact(signedIn(company, session), myCustomer, input);
    const page = await getAccountPage(signedIn(company, session));
    expect(page.contacts).toMatchObject([{ email: input.email, pending: true, active: true }]);
    expect(page.contacts?.[0]?.inviteUrl).toContain(`/store/${company.slug}/setup-password/`);
  });

  it('may manage only as their role allows, on the server too', async () => {
    const company = await freshCompany();
    const { email } = await invited(company);
    await setUpPassword(
      at(company),
      argon2Hasher,
      (await mailTo(email)).token,
      typed(PASSWORD),
      '',
    );
    const buyer = async () => signedIn(company, await sessionOf(company, email));
    const forbidden = { code: 'forbidden' };
    const input = { email: someEmail(), role: 'BUYER' };
    await expect(inviteContact(await buyer(), myCustomer, input)).rejects.toMatchObject(forbidden);
    await expect(saveAddress(await buyer(), null, {})).rejects.toMatchObject({
      code: 'validation',
    });
    const address = { label: 'Kitchen', line1: 'Main St 1', city: 'Springfield' };
    await expect(saveAddress(await buyer(), null, address)).rejects.toMatchObject(forbidden);
    await updateCustomerProfile(await buyer(), { name: 'Annie' });
    const ctx = await buyer();
    await getAccountPage(ctx);
    expect(ctx.customer).toMatchObject({ name: 'Annie', customerName: 'Cafe' });
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
