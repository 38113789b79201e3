import { expect, it } from 'vitest';
import { requestInvite } from '#src/contacts/set-up-password.ts';
import { requestCustomerPasswordReset } from '#src/storefront/reset-password.ts';
import { verifyEmailUrl } from '#src/storefront/links.ts';
import { newId } from '#db/ids.ts';
import { freshCompany } from '../context.ts';
import { serverKeys } from '../server.ts';
import { browserOf, hrefOf } from '../staff.ts';
import { at, someEmail } from '../storefront.ts';
import {
  newestMailTo,
  registeredBrowser,
  registerWith,
  storeBrowser,
  typed,
} from '../storefront-browser.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

it('takes no link that has expired, and says how to get a new one', async () => {
  const company = await freshCompany();
  const { slug } = company;
  const ago = (milliseconds: number) =>
    at(company, { keys: serverKeys, now: new Date(Date.now() - milliseconds) });
  const email = someEmail();
  const owner = await registeredBrowser(slug, email);
  const contact = someEmail();
  await owner(`/store/${slug}/account/contacts`, { email: contact, role: 'BUYER' });

  const resetPath = async (age: number) => {
    const ctx = ago(age);
    await requestCustomerPasswordReset(ctx, { email });
    return (await newestMailTo(email)).path;
  };
  const invitePath = async (age: number) => {
    const ctx = ago(age);
    await requestInvite(ctx, { email: contact });
    return (await newestMailTo(contact)).path;
  };
  // Almost expired still works: it is its age that the others fail by.
  expect((await storeBrowser()(await resetPath(0.9 * HOUR))).status).toBe(200);
  expect((await storeBrowser()(await invitePath(6.9 * DAY))).status).toBe(200);
  const reset = await resetPath(1.1 * HOUR);
  const invite = await invitePath(7.1 * DAY);
  for (const [path, again] of [
    [reset, 'reset'],
    [invite, 'setup-password'],
  ] as const) {
    for (const fields of [undefined, typed('a late password')]) {
      // oxlint-disable-next-line no-await-in-loop -- opened first, posted then
      const { status, text } = await storeBrowser()(path, fields);
      expect(status, path).toBe(410);
      expect(text).toContain('This link no longer works');
      expect(hrefOf(text, again === 'reset' ? 'new link' : 'again')).toBe(
        `/store/${slug}/${again}`,
      );
    }
  }
  const url = await verifyEmailUrl(ago(7.1 * DAY), newId('customer'));
  const verify = new URL(url.replace('{slug}', slug)).pathname;
  const late = await storeBrowser()(verify, {});
  expect(late.status).toBe(410);
  expect(hrefOf(late.text, 'Get a new one')).toBe(`/store/${slug}/account`);
  // The contacts page offers no link that does not work.
  const list = await owner(`/store/${slug}/account/contacts`);
  expect(list.text).toContain('Invitation expired');
  expect(list.text).not.toContain('/setup-password/');
});

it('says instead of the form that registration is closed, and takes none that is posted', async () => {
  const { slug, ...company } = await freshCompany();
  const settings = { slug, version: '1' };
  // A box that is not ticked is not sent.
  const closed = await (
    await browserOf({ slug, ...company }, 'OWNER')
  )('/dashboard/settings/storefront', settings);
  expect(closed.status).toBe(303);
  const browser = storeBrowser();
  for (const answer of [
    await browser(`/store/${slug}/register`),
    await registerWith(browser, slug, someEmail()),
  ]) {
    expect(answer.text).toContain(
      'This store isn&#39;t accepting new customer sign-ups right now. Please contact the store directly.',
    );
    expect(answer.text).not.toContain('name="password"');
  }
  expect((await browser(`/store/${slug}/login`)).text).not.toContain('Create an account');
  expect(browser.cookies('customer_session')).toEqual([]);
});
