import { expect, it } from 'vitest';
import { createCustomer } from '#src/customers/create-customer.ts';
import { as, freshCompany } from '../context.ts';
import { templatesTo } from '../mail-doors.ts';
import { browserOf } from '../staff.ts';
import { someEmail } from '../storefront.ts';
import { newestMailTo, storeBrowser } from '../storefront-browser.ts';

const BANNER = 'Confirm your email address: until then your customers get no emails.';
const OTHERS =
  'The owner has to confirm their email address: until then your customers get no emails.';

const PAGES = [
  '',
  '/orders',
  '/orders/new',
  '/inventory',
  '/inventory/new',
  '/inventory/import',
  '/customers',
  '/customers/import',
  '/notifications',
  '/settings/company',
  '/settings/storefront',
  '/settings/api-keys',
  '/settings/webhooks',
  '/settings/audit',
  '/settings/profile',
  '/settings/password',
  '/settings/sessions',
];

it('says on every page that customers get no mails, until the owner opens the link', async () => {
  const company = await freshCompany({ verified: false });
  const [owner, admin] = [await browserOf(company, 'OWNER'), await browserOf(company, 'ADMIN')];
  for (const page of PAGES) {
    const shown = await owner(`/dashboard${page}`);
    expect(shown, page).toMatchObject({ status: 200, roundTrips: 1 });
    expect(shown.text, page).toContain(BANNER);
    expect((await admin(`/dashboard${page}`)).text, page).toContain(OTHERS);
  }
  const email = company.staff.find(({ role }) => role === 'OWNER')?.email ?? '';
  const sent = await owner('/dashboard/settings/profile/verify', {});
  expect(sent).toMatchObject({ status: 303, location: '/dashboard/settings/profile' });
  expect(await templatesTo(email)).toEqual(['verify_email']);
  const { path } = await newestMailTo(email);
  expect((await storeBrowser()(path, {})).status).toBe(200);
  for (const ask of [owner, admin]) {
    const { text } = await ask('/dashboard');
    expect(text).not.toContain(BANNER);
    expect(text).not.toContain(OTHERS);
  }
});

it('adds a contact without a mail, and shows the link to send by oneself', async () => {
  const company = await freshCompany({ verified: false });
  const owner = await browserOf(company, 'OWNER');
  const { id } = await createCustomer(as(company, 'OWNER'), { email: someEmail() });
  const path = `/dashboard/customers/${id}`;
  const email = someEmail();
  const { status, flash } = await owner(`${path}/contacts`, { email, role: 'BUYER' });
  expect(status).toBe(303);
  expect(flash).toContain('The contact is added. The invitation cannot be mailed now.');
  expect((await owner(path)).text).toContain('Copy invite link');
  expect(await templatesTo(email)).toEqual([]);
});

it('tells who asks for the link too often that today no more are mailed', async () => {
  const company = await freshCompany({ verified: false });
  const statuses: number[] = [];
  for (let n = 0; n < 6; n += 1) {
    // Each from an address of its own, so that nothing but the day's limit is in the way.
    const owner = await browserOf(company, 'OWNER');
    const { status, text } = await owner('/dashboard/settings/profile/verify', {});
    statuses.push(status);
    if (status === 429) expect(text).toContain('No more mails can be sent to this address today.');
  }
  expect(statuses).toEqual([303, 303, 303, 303, 303, 429]);
});
