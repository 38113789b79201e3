import { describe, expect, it } from 'vitest';
import { as, freshCompany } from '../../test/context.ts';
import { saveAddress } from '../addresses/save-address.ts';
import { inviteContact } from './invite-contact.ts';
import { removeContact } from './remove-contact.ts';
import { resendInvite } from './resend-invite.ts';
import { isInviteGood, requestInvite, setUpPassword } from './set-up-password.ts';
import { updateContact } from './update-contact.ts';
import { getCustomerProfile } from '../customers/customer-profile.ts';
import { updateCustomer } from '../customers/update-customer.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { getAccountPage } from '../storefront/account-page.ts';
import { myCustomer } from '../storefront/me.ts';
import { updateCustomerProfile } from '../storefront/update-profile.ts';
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
} from '../../test/storefront.ts';

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

  it('prove their mailbox by the link that was mailed, not by the one the page shows', async () => {
    const company = await freshCompany();
    const { session } = await registered(company);
    const inviter = () => signedIn(company, session);
    const join = async (token: string) => {
      const joined = await setUpPassword(at(company), argon2Hasher, token, typed(PASSWORD), '');
      const ctx = signedIn(company, joined ?? 'ses_');
      await getAccountPage(ctx);
      return ctx.customer?.emailVerified;
    };
    const [copied, mailed] = [someEmail(), someEmail()];
    await inviteContact(inviter(), myCustomer, { email: copied, role: 'BUYER' });
    const { contacts } = await getAccountPage(inviter());
    expect(await join(contacts?.[0]?.inviteUrl?.split('/').at(-1) ?? '')).toBe(false);
    await inviteContact(inviter(), myCustomer, { email: mailed, role: 'BUYER' });
    expect(await join((await mailTo(mailed)).token)).toBe(true);
  });

  it('are shown with a new link after a week, also where it may not be mailed', async () => {
    const company = await freshCompany({ verified: false });
    const { customer, contact } = await invited(company);
    const again = (days: number) => {
      const now = new Date(Date.now() + days * 86_400_000);
      return resendInvite(as(company, 'OWNER', { now }), customer.id, contact.id);
    };
    const shown = async () => {
      const { contacts } = await getCustomerProfile(as(company, 'OWNER'), customer.id);
      return contacts[0]?.inviteUrl;
    };
    const first = await shown();
    expect(await again(6)).toBe(false);
    expect(await shown()).toBe(first);
    expect(await again(8)).toBe(false);
    expect(await shown()).not.toBe(first);
  });

  it('keep the link they have when a further one may not be mailed', async () => {
    const company = await freshCompany();
    const { customer, contact, email } = await invited(company);
    const later = (n: number) => ({ now: new Date(Date.now() + n * 1000) });
    const again = (n: number) =>
      resendInvite(as(company, 'OWNER', later(n)), customer.id, contact.id);
    expect([await again(1), await again(2), await again(3)]).toEqual([true, true, false]);
    for (let n = 4; n < 9; n += 1) await requestInvite(at(company, later(n)), { email });
    const { all, token } = await mailTo(email);
    expect(all).toHaveLength(5);
    expect(await isInviteGood(at(company), token)).toBe(true);
  });
});
