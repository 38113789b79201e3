import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { inviteContact } from '#src/contacts/invite-contact.ts';
import { setUpPassword } from '#src/contacts/set-up-password.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { getCustomerProfile } from '#src/customers/customer-profile.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { as, context, freshCompany } from '../context.ts';
import { type Ask, browserOf } from '../staff.ts';
import { server, staffCookie, takeProblems } from '../server.ts';

const someEmail = () => `${newId('contact')}@one.test`;

let company: CompanyFixture;
let ask: Ask;
let id: Awaited<ReturnType<typeof createCustomer>>['id'];
let path: string;

beforeEach(async () => {
  company = await freshCompany();
  ask = await browserOf(company, 'MEMBER');
  ({ id } = await createCustomer(as(company, 'OWNER'), { email: someEmail(), name: 'Cafe' }));
  path = `/dashboard/customers/${id}`;
});

afterEach(() => expect(takeProblems()).toEqual([]));

const contactsOfIt = async () => (await getCustomerProfile(as(company, 'OWNER'), id)).contacts;

async function invited(name = 'Ann') {
  await inviteContact(as(company, 'OWNER'), id, { email: someEmail(), name, role: 'BUYER' });
  const [contact] = await contactsOfIt();
  return contact ?? expect.fail('Nobody was invited.');
}

async function joined() {
  const contact = await invited();
  const token = contact.inviteUrl?.split('/').at(-1) ?? '';
  const typed = { newPassword: 'correct horse', repeated: 'correct horse' };
  const visitor = context(
    { kind: 'store', slug: company.slug },
    { keys: as(company, 'OWNER').keys },
  );
  expect(await setUpPassword(visitor, argon2Hasher, token, typed, '')).not.toBeNull();
  return contact;
}

describe("a customer's people", () => {
  it('are invited from its page, which shows them with their link', async () => {
    expect((await ask(path)).text).toContain('No contacts yet.');
    const email = someEmail();
    const sent = await ask(`${path}/contacts`, { email, name: '<b>Ann</b>', role: 'VIEWER' });
    expect(sent).toMatchObject({ status: 303, location: path, roundTrips: 1 });
    expect(sent.flash).toContain(email);
    const page = await ask(path);
    expect(page).toMatchObject({ status: 200, roundTrips: 1 });
    expect(page.text).toContain('<strong>&lt;b&gt;Ann&lt;/b&gt;</strong>');
    expect(page.text).toMatch(/Viewer<\/span>.*Invited<\/span>/s);
    const link = /value="(http[^"]*setup-password[^"]*)"/.exec(page.text)?.[1] ?? '';
    expect(link).toContain(`/store/${company.slug}/setup-password/`);
    expect(page.text).toContain('Copy invite link');
  });

  it('are told about beside what was typed when they cannot be invited', async () => {
    const { email } = await invited();
    const fields = { email: ` ${email.toUpperCase()} `, name: 'Typed', role: 'ADMIN' };
    const taken = await ask(`${path}/contacts`, fields);
    expect(taken.status).toBe(422);
    expect(taken.text).toContain('An account with this email already exists.');
    expect(taken.text).toMatch(/<input[^>]*id="invite-email"[^>]*autofocus[^>]*/);
    expect(taken.text).toMatch(/<input[^>]*id="invite-name"[^>]*value="Typed"/);
    expect(taken.text).toMatch(/<option value="ADMIN" selected/);
    const wrong = await ask(`${path}/contacts`, { email: 'nobody', name: 'Typed', role: 'KING' });
    expect(wrong).toMatchObject({ status: 422, roundTrips: 1 });
    expect(wrong.text).toContain('Invalid email address.');
    expect(wrong.text).toContain('Choose a role.');
    expect(wrong.text).toMatch(/<input[^>]*id="invite-name"[^>]*value="Typed"/);
    expect(await contactsOfIt()).toHaveLength(1);
  });

  it('are edited in place, and not over what somebody else has saved', async () => {
    const contact = await invited();
    const at = `${path}/contacts/${contact.id}`;
    const fields = { name: 'Anna', role: 'ADMIN', active: 'on', version: '1' };
    const saved = await ask(at, fields);
    expect(saved).toMatchObject({ status: 303, location: path, roundTrips: 1 });
    expect(await contactsOfIt()).toMatchObject([{ name: 'Anna', role: 'ADMIN', version: 2 }]);
    const again = await ask(at, { ...fields, version: '2' });
    expect(again.status).toBe(303);
    expect((await contactsOfIt())[0]?.version).toBe(2);

    const late = await ask(at, { name: 'Late', role: 'BUYER', version: '1' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Somebody else has changed this contact');
    expect(late.text).toContain('<strong>Anna</strong>');
    expect(late.text).toMatch(/<input[^>]*id="name-con_[^>]*value="Late"/);
    expect(late.text).toContain('name="version" value="2"');
    expect(await contactsOfIt()).toMatchObject([{ name: 'Anna', active: true }]);

    const wrong = await ask(at, { name: 'x'.repeat(101), role: 'BUYER', version: '2' });
    expect(wrong).toMatchObject({ status: 422, roundTrips: 1 });
    expect(wrong.text).toContain('Name must be at most 100 characters.');
    expect(wrong.text).toContain('x'.repeat(101));

    expect(await ask(at, { name: '', role: 'BUYER', version: '2' })).toMatchObject({ status: 303 });
    expect(await contactsOfIt()).toMatchObject([{ name: null, role: 'BUYER', active: false }]);
    const off = (await ask(path)).text;
    expect(off).toContain('>Off</span>');
    // Whoever is off cannot follow the link, so there is none to copy.
    expect(off).not.toContain('Copy invite link');
  });

  it('are removed after asking, once', async () => {
    const contact = await invited();
    expect((await ask(path)).text).toContain('Remove Ann?');
    const at = `${path}/contacts/${contact.id}/remove`;
    expect(await ask(at, {})).toMatchObject({ status: 303, location: path, roundTrips: 1 });
    expect(await contactsOfIt()).toEqual([]);
    const again = await ask(at, {});
    expect(again).toMatchObject({ status: 404, roundTrips: 1 });
    expect(again.text).toContain('Contact not found.');
  });

  it('get a new invitation, unless they have come in already', async () => {
    const contact = await invited();
    const at = `${path}/contacts/${contact.id}/resend`;
    const sent = await ask(at, {});
    expect(sent).toMatchObject({ status: 303, location: path, roundTrips: 1 });
    expect(sent.flash).toContain('A new invitation is on its way.');
    expect((await contactsOfIt())[0]?.inviteUrl).not.toBe(contact.inviteUrl);
  });

  it('who have come in need no link', async () => {
    const contact = await joined();
    const page = (await ask(path)).text;
    expect(page).toMatch(/Buyer<\/span>.*Active<\/span>/s);
    expect(page).not.toContain('Copy invite link');
    const answer = await ask(`${path}/contacts/${contact.id}/resend`, {});
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('already chosen a password');
  });

  it('are nobody else’s, whoever asks', async () => {
    const contact = await invited();
    const stranger = await browserOf(await freshCompany(), 'OWNER');
    const other = await createCustomer(as(company, 'OWNER'), { email: someEmail() });
    const fields = { name: 'Mine', role: 'ADMIN', active: 'on', version: '1' };
    for (const [browser, base] of [
      [stranger, `${path}/contacts`],
      [ask, `/dashboard/customers/${other.id}/contacts`],
    ] as const) {
      for (const way of ['', '/remove', '/resend'])
        expect((await browser(`${base}/${contact.id}${way}`, fields)).status).toBe(404);
    }
    const invitation = { email: someEmail(), role: 'BUYER' };
    expect((await stranger(`${path}/contacts`, invitation)).status).toBe(404);
    expect((await ask(`${path}/contacts/nonsense`, fields)).status).toBe(404);
    expect(await contactsOfIt()).toMatchObject([{ name: 'Ann', role: 'BUYER', version: 1 }]);
  });

  it('are not saved on a version nobody saw', async () => {
    const contact = await invited();
    const fields = { name: 'Anna', role: 'BUYER', active: 'on', version: 'x' };
    const answer = await ask(`${path}/contacts/${contact.id}`, fields);
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('<strong>Ann</strong>');
  });
});

it('mails only so many invitations of one company, whoever logs in, and keeps what was typed', async () => {
  const contact = await invited();
  let Cookie = await staffCookie(company, 'MEMBER');
  const post = async (at: string, fields: Record<string, string>) => {
    const response = await server.fetch(at, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        Cookie,
        'Sec-Fetch-Site': 'same-origin',
        'CF-Connecting-IP': '198.51.100.77',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(fields).toString(),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  // What no mail goes out for does not count.
  for (let n = 0; n < 6; n += 1)
    expect((await post(`${path}/contacts`, { email: 'nobody' })).status).toBe(422);
  for (let n = 0; n < 4; n += 1) {
    const fields = { email: someEmail(), role: 'BUYER' };
    expect((await post(`${path}/contacts`, fields)).status).toBe(303);
  }
  expect((await post(`${path}/contacts/${contact.id}/resend`, {})).status).toBe(303);
  const email = someEmail();
  const refused = await post(`${path}/contacts`, { email, role: 'VIEWER' });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
  expect(refused.text).toContain('Too many attempts.');
  expect(refused.text).toMatch(new RegExp(`id="invite-email"[^>]*value="${email}"`));
  expect((await post(`${path}/contacts/${contact.id}/resend`, {})).status).toBe(429);
  Cookie = await staffCookie(company, 'ADMIN');
  expect((await post(`${path}/contacts`, { email, role: 'VIEWER' })).status).toBe(429);
  expect(await contactsOfIt()).toHaveLength(5);
  // Somebody at another address is not in the way.
  const owner = await browserOf(company, 'OWNER');
  expect((await owner(`${path}/contacts`, { email, role: 'VIEWER' })).status).toBe(303);
});
