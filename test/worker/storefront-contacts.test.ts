import { expect, it } from 'vitest';
import { freshCompany } from '../context.ts';
import { hrefOf } from '../staff.ts';
import { someEmail } from '../storefront.ts';
import {
  joinedBrowser,
  logInWith,
  newestMailTo,
  PASSWORD,
  registeredBrowser,
  type StoreBrowser,
  storeBrowser,
  typed,
} from '../storefront-browser.ts';

/** Where the page posts edits of the contact whose name or email the summary has. */
async function editOf(admin: StoreBrowser, slug: string, who: string) {
  const { text } = await admin(`/store/${slug}/account/contacts`);
  const form = text.slice(text.indexOf(`Edit ${who}`));
  return {
    action: /action="([^"]+\/con_\w+)"/.exec(form)?.[1] ?? '',
    version: /name="version" value="(\d+)"/.exec(form)?.[1] ?? '',
  };
}

it('invites a colleague, who joins by the link, logs in under the customer, and is switched off', async () => {
  const { slug } = await freshCompany();
  const contacts = `/store/${slug}/account/contacts`;
  const admin = await registeredBrowser(slug, someEmail());
  const email = someEmail();
  const sent = await admin(contacts, { email, name: '', role: 'BUYER' });
  expect(sent).toMatchObject({ status: 303, location: contacts, roundTrips: 1 });
  const list = await admin(contacts);
  expect(list).toMatchObject({ status: 200, roundTrips: 1 });
  expect(list.text).toContain(`The invitation is on its way to ${email}.`);
  expect(list.text).toContain('>Invited<');
  const { path, template } = await newestMailTo(email);
  expect(template).toBe('contact_invite');
  // The link that can be copied opens the same invitation, and only the one that was mailed proves the mailbox.
  const shown = /value="(http[^"]*\/setup-password\/[^"]*)"/.exec(list.text)?.[1] ?? '';
  expect(new URL(shown).pathname).not.toBe(path);
  expect((await storeBrowser()(new URL(shown).pathname)).status).toBe(200);
  expect((await logInWith(storeBrowser(), slug, email)).status).toBe(422);

  const person = storeBrowser();
  expect(await person(path)).toMatchObject({ status: 200, roundTrips: 1 });
  const short = await person(path, typed('short'));
  expect(short.status).toBe(422);
  expect(short.text).toContain('Password must be between 8 and 100 characters.');
  const joined = await person(path, typed(PASSWORD));
  expect(joined).toMatchObject({ status: 303, location: `/store/${slug}/catalog` });
  expect(joined.roundTrips).toBeLessThanOrEqual(3);
  expect((await person(`/store/${slug}/catalog`)).text).toContain('>Buyer<');
  const profile = await person(`/store/${slug}/account`);
  expect(profile.text).toContain('Blue Plate');
  expect(profile.text).toContain('>Confirmed<');
  for (const used of [await person(path), await person(path, typed(PASSWORD))]) {
    expect(used.status).toBe(410);
    expect(hrefOf(used.text, 'Get your invitation again')).toBe(`/store/${slug}/setup-password`);
  }
  const elsewhere = storeBrowser();
  expect((await logInWith(elsewhere, slug, email)).status).toBe(303);

  const { action, version } = await editOf(admin, slug, email);
  const edit = { name: 'Ann', role: 'BUYER', version };
  const off = await admin(action, edit);
  expect(off).toMatchObject({ status: 303, location: contacts, roundTrips: 1 });
  for (const browser of [person, elsewhere]) {
    expect((await browser(`/store/${slug}/catalog`)).status).toBe(303);
  }
  const refused = await logInWith(person, slug, email);
  expect(refused.text).toContain('Invalid email or password.');
  const stale = await admin(action, { ...edit, name: 'Bo', active: 'on' });
  expect(stale.status).toBe(409);
  expect(stale.text).toContain('Somebody else has changed this contact');
  expect(stale.text).toContain('value="Bo"');
});

it('has one invitation that works: the newest, however it was asked for', async () => {
  const { slug } = await freshCompany();
  const contacts = `/store/${slug}/account/contacts`;
  const admin = await registeredBrowser(slug, someEmail());
  const email = someEmail();
  await admin(contacts, { email, name: 'Ann', role: 'VIEWER' });
  const first = await newestMailTo(email);
  const { action } = await editOf(admin, slug, 'Ann');
  const resent = await admin(`${action}/resend`, {});
  expect(resent).toMatchObject({ status: 303, location: contacts, roundTrips: 1 });
  const second = await newestMailTo(email);
  const asked = await storeBrowser()(`/store/${slug}/setup-password`, { email });
  expect(asked.status).toBe(200);
  const third = await newestMailTo(email);
  expect(new Set([first.path, second.path, third.path]).size).toBe(3);
  expect((await storeBrowser()(first.path, typed(PASSWORD))).status).toBe(410);
  expect((await storeBrowser()(second.path, typed(PASSWORD))).status).toBe(410);
  expect((await storeBrowser()(third.path, typed(PASSWORD))).status).toBe(303);
  const late = await admin(`${action}/resend`, {});
  expect(late.status).toBe(409);
  expect(await newestMailTo(email)).toEqual(third);
});

it('lets buyers and viewers do what their role allows, whatever they post', async () => {
  const { slug } = await freshCompany();
  const account = `/store/${slug}/account`;
  const owner = await registeredBrowser(slug, someEmail());
  const address = { label: 'Kitchen', line1: 'Main St 1', city: 'Springfield' };
  await owner(`${account}/addresses`, address);
  const [viewerEmail, adminEmail] = [someEmail(), someEmail()];
  const viewer = await joinedBrowser(owner, slug, viewerEmail, 'VIEWER');
  const { action } = await editOf(owner, slug, 'Ann');

  const shown = await viewer(`${account}/addresses`);
  expect(shown.status).toBe(200);
  expect(shown.text).toContain('Kitchen');
  expect(shown.text).not.toContain('Add an address');
  expect(hrefOf(shown.text, 'Contacts')).toBeUndefined();
  expect(await viewer(`${account}/contacts`)).toMatchObject({
    status: 303,
    location: `/store/${slug}/catalog`,
  });
  expect((await viewer(`/store/${slug}/catalog`)).text).toContain('Your role does not allow this.');
  const posts: [string, Record<string, string>][] = [
    [`${account}/addresses`, address],
    [`${account}/addresses`, {}],
    [`${account}/contacts`, { email: someEmail(), role: 'ADMIN' }],
    [`${account}/contacts`, {}],
    [action, { name: 'Me', role: 'ADMIN', active: 'on', version: '2' }],
    [action, {}],
    [`${action}/remove`, {}],
    [`${action}/resend`, {}],
  ];
  for (const [path, fields] of posts) {
    expect((await viewer(path, fields)).status, path).toBe(403);
  }
  expect((await viewer(account, { name: 'Annie' })).status).toBe(303);
  expect((await owner(account)).text).toContain('value="Blue Plate"');

  const admin = await joinedBrowser(owner, slug, adminEmail, 'ADMIN');
  const seen = await admin(`${account}/contacts`);
  expect(seen.status).toBe(200);
  expect(seen.text).toContain('Edit Annie');
  expect(seen.text).toContain('>You<');
  expect((await admin(`${action}/remove`, {})).status).toBe(303);
  expect((await viewer(`/store/${slug}/catalog`)).status).toBe(303);
  // The address is free again.
  await registeredBrowser(slug, viewerEmail);
});

it("leaves other customers' contacts alone, and refuses an email that is taken", async () => {
  const { slug } = await freshCompany();
  const contacts = `/store/${slug}/account/contacts`;
  const ownEmail = someEmail();
  const [mine, theirs] = [
    await registeredBrowser(slug, ownEmail),
    await registeredBrowser(slug, someEmail()),
  ];
  const email = someEmail();
  await theirs(contacts, { email, name: 'Ann', role: 'ADMIN' });
  const { action, version } = await editOf(theirs, slug, 'Ann');
  expect((await mine(contacts)).text).not.toContain(email);
  const edit = { name: 'Bo', role: 'ADMIN', active: 'on', version };
  expect((await mine(action, edit)).status).toBe(404);
  expect((await mine(action, { role: 'KING' })).status).toBe(404);
  expect((await mine(`${action}/remove`, {})).status).toBe(404);
  expect((await mine(`${action}/resend`, {})).status).toBe(404);
  for (const taken of [email, ownEmail]) {
    const refused = await mine(contacts, { email: taken, name: 'Typed & kept', role: 'BUYER' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('An account with this email already exists.');
    expect(refused.text).toContain('value="Typed &amp; kept"');
  }
});
