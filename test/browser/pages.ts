import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { updateCustomer } from '#src/customers/update-customer.ts';
import type { UploadStore } from '#src/imports/upload-store.ts';
import { undoImport } from '#src/imports/undo-import.ts';
import { requestPasswordReset } from '#src/staff/reset-password.ts';
import { updateCompany } from '#src/companies/update-company.ts';
import { inviteContact } from '#src/contacts/invite-contact.ts';
import { saveAddress } from '#src/addresses/save-address.ts';
import { myCustomer } from '#src/storefront/me.ts';
import { as, context, freshCompany } from '../context.ts';
import { invited, mailTo, registered, signedIn, someEmail } from '../storefront.ts';
import type { Visitor } from './browser.ts';
import { importCsv, stage } from '../imports.ts';
import { apiKeyFor, server } from '../server.ts';

/** `company`: its owner looks; `customer`: somebody signed in at that store. */
export type WalkedPage = {
  name: string;
  path: string;
  company?: CompanyFixture;
  customer?: { store: string; session: Id<'session'> };
};

/** Who looks at the page, for `newPage`. */
export function visitorOf({ company, customer }: WalkedPage): Visitor | undefined {
  return company ? { company } : customer;
}

const NAMES = ['Bella Cucina', 'Harbor Grill', 'Café Nordlys', 'The Copper Ladle', 'Phở Hòa Bình'];
const LONG = 'Two drops: store 1 and store 4. '.repeat(12);

/** Every page there is, each in the states worth looking at. */
export async function allPages(): Promise<WalkedPage[]> {
  const company = await freshCompany({ name: 'Nordic Foods', maxCustomers: 250 });
  const fresh = await freshCompany({ name: 'Fresh Foods', maxCustomers: 50 });
  const owner = as(company, 'OWNER');
  const { UPLOADS } = await server.getWorker<{ UPLOADS: UploadStore }>().getEnv();
  const ids: Id<'customer'>[] = [];
  for (let index = 0; index < 60; index += 1) {
    const name = `${NAMES[index % NAMES.length]} ${index}`;
    // oxlint-disable-next-line no-await-in-loop -- they are meant to differ in when they joined
    const { id } = await createCustomer(owner, {
      email: `orders+${index}@a-rather-long-domain-of-customer-${index}.example`,
      ...(index % 7 !== 0 && { name }),
      status: index % 4 === 0 ? 'BLOCKED' : 'ACTIVE',
      ...(index % 3 === 0 && { notes: LONG, creditLimit: 12_000.5 }),
    });
    ids.push(id);
  }
  const [blocked = newId('customer'), active = newId('customer')] = ids;
  await updateCustomer(owner, active, { notes: LONG, creditLimit: 50 }, null);
  await apiKeyFor(company);
  await apiKeyFor(company, ['customers:read'], { revokedAt: new Date() });
  const done = await importCsv(company, csvOf('done', 30));
  const undone = await importCsv(company, csvOf('undone', 3));
  await undoImport(owner, undone);
  const staged = await stage(owner, UPLOADS, `${csvOf('staged', 40)}nobody,Nobody,,1 200\r\n`);
  const unmapped = await stage(owner, UPLOADS, csvOf('unmapped', 4).replace('email', 'Mail to'));
  for (const { email } of company.staff) {
    // oxlint-disable-next-line no-await-in-loop -- one mail after another
    await requestPasswordReset(context({ kind: 'nobody' }), { email });
  }

  await inviteContact(owner, active, { email: someEmail(), name: 'Ann Lee', role: 'BUYER' });
  await inviteContact(owner, active, { email: someEmail(), role: 'VIEWER' });

  const dashboard = (name: string, path = '', of = company) => ({
    name,
    path: `/dashboard${path}`,
    company: of,
  });
  const settings = ['company', 'api-keys', 'audit', 'profile', 'password', 'sessions'];
  return [
    dashboard('home'),
    dashboard('home-fresh', '', fresh),
    dashboard('customers', '/customers'),
    dashboard('customers-found', '/customers?q=bella&status=ACTIVE&sort=name'),
    dashboard('customers-no-match', '/customers?q=nobody-has-this'),
    dashboard('customers-fresh', '/customers', fresh),
    dashboard('profile', `/customers/${active}`),
    dashboard('profile-blocked', `/customers/${blocked}`),
    dashboard('import', '/customers/import'),
    dashboard('import-fresh', '/customers/import', fresh),
    dashboard('import-preview', `/customers/import/${staged}`),
    dashboard('import-unmapped', `/customers/import/${unmapped}`),
    dashboard('import-done', `/customers/import/${done}`),
    dashboard('import-undone', `/customers/import/${undone}`),
    ...settings.map((page) => dashboard(`settings-${page}`, `/settings/${page}`)),
    ...(await storePages(company)),
    dashboard('not-found', '/customers/cus_nobody'),
    { name: 'landing', path: '/' },
    { name: 'signup', path: '/signup' },
    { name: 'login', path: '/login' },
    { name: 'forgot-password', path: '/forgot-password' },
    { name: 'reset-password-over', path: '/reset-password/used' },
    { name: 'verify-email', path: '/verify-email/token' },
    { name: 'nowhere', path: '/nowhere' },
    { name: 'outbox', path: '/dev/outbox' },
    { name: 'docs-api', path: '/docs/api' },
  ];
}

/** A store as strangers see it, and as its customers do. */
async function storePages(company: CompanyFixture): Promise<WalkedPage[]> {
  const closed = await freshCompany({ name: 'Closed Foods' });
  await updateCompany(
    as(closed, 'OWNER'),
    {
      name: closed.name,
      slug: closed.slug,
      currency: 'USD',
      timeZone: 'UTC',
      registrationOpen: false,
    },
    1,
  );
  const store = `/store/${company.slug}`;
  const { session } = await registered(company);
  const fresh = await registered(company);
  const me = () => signedIn(company, session);
  const kitchen = { label: 'Main kitchen', line1: 'Main Street 1', city: 'Springfield' };
  await saveAddress(me(), null, { ...kitchen, line2: LONG.slice(0, 150), isDefault: 'on' });
  await saveAddress(me(), null, { ...kitchen, label: 'Bar', country: 'United States' });
  await inviteContact(me(), myCustomer, { email: someEmail(), name: 'Ann Lee', role: 'ADMIN' });
  const { email } = await invited(company);
  // Asked of the Worker itself, whose links they are.
  const linkFor = async (path: string, to: string) => {
    await server.fetch(store + path, {
      method: 'POST',
      headers: {
        'Sec-Fetch-Site': 'same-origin',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ email: to }).toString(),
    });
    return (await mailTo(to)).token;
  };
  const invitation = await linkFor('/setup-password', email);
  const reset = await linkFor('/reset', fresh.email);
  const inside = (name: string, path: string, of = session) => ({
    name: `store-${name}`,
    path: store + path,
    customer: { store, session: of },
  });
  const outside = (name: string, path: string) => ({ name: `store-${name}`, path: store + path });
  return [
    outside('login', '/login'),
    outside('register', '/register'),
    { name: 'store-register-closed', path: `/store/${closed.slug}/register` },
    outside('reset', '/reset'),
    outside('reset-link', `/reset/${reset}`),
    outside('reset-over', '/reset/used'),
    outside('setup', '/setup-password'),
    outside('setup-link', `/setup-password/${invitation}`),
    outside('setup-over', '/setup-password/used'),
    outside('verify', '/verify-email/token'),
    outside('nowhere', '/nowhere'),
    inside('catalog', '/catalog'),
    inside('account', '/account'),
    inside('password', '/account/password'),
    inside('addresses', '/account/addresses'),
    inside('addresses-fresh', '/account/addresses', fresh.session),
    inside('contacts', '/account/contacts'),
    inside('contacts-fresh', '/account/contacts', fresh.session),
    inside('not-found', '/account/nowhere'),
  ];
}

function csvOf(domain: string, rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const notes = index % 2 ? LONG : '';
    return `person${index}@${domain}.example,${NAMES[index % NAMES.length]},${notes},${index * 100}\r\n`;
  });
  return `email,name,notes,creditLimit\r\n${lines.join('')}`;
}
