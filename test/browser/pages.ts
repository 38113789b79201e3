import type { Page, Response } from 'playwright-core';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { trustCustomer } from '#src/customers/trust-customer.ts';
import { updateCustomer } from '#src/customers/update-customer.ts';
import { customerImport } from '#src/imports/customer-import.ts';
import type { UploadStore } from '#src/imports/upload-store.ts';
import { undoImport } from '#src/imports/undo-import.ts';
import { requestPasswordReset } from '#src/staff/reset-password.ts';
import { inviteContact } from '#src/contacts/invite-contact.ts';
import { as, context, freshCompany } from '../context.ts';
import { someEmail } from '../storefront.ts';
import type { Visitor } from './browser.ts';
import { importCsv, stage } from '../imports.ts';
import { apiKeyFor, server } from '../server.ts';
import { accountPages } from './account-pages.ts';
import { shopPages } from './shop-pages.ts';
import { ownPrices, trade } from './trade.ts';
import { tradePages } from './trade-pages.ts';
import { webhookPages } from './webhook-pages.ts';

/** What a form sends. */
export type Fields = Record<string, string | readonly string[]>;

/**
 * `company`: its owner looks; `customer`: somebody signed in at that store. With fields, the page is what answers a form
 * that sends them to the path.
 */
export type WalkedPage = {
  name: string;
  path: string;
  company?: CompanyFixture;
  customer?: { store: string; session: Id<'session'>; companyId?: Id<'company'> };
  fields?: Fields;
};

/** Who looks at the page, for `newPage`. */
export function visitorOf({ company, customer }: WalkedPage): Visitor | undefined {
  return company ? { company } : customer;
}

/** A page that asks the database nothing, to send forms from. */
const QUIET_PATH = '/forgot-password';

/** Goes there as a visitor would, by a form where it is one's answer. */
export async function visit(page: Page, { path, fields }: WalkedPage): Promise<Response | null> {
  if (!fields) return page.goto(path, { waitUntil: 'load' });
  await page.goto(QUIET_PATH);
  const answer = page.waitForResponse((response) => new URL(response.url()).pathname === path);
  await page.evaluate(send, { path, fields });
  await page.waitForURL((url) => url.pathname === path, { waitUntil: 'load' });
  return answer;
}

function send({ path, fields }: { path: string; fields: Fields }): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = path;
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) {
      const input = document.createElement('textarea');
      input.name = name;
      input.value = String(value);
      form.append(input);
    }
  }
  document.body.append(form);
  form.submit();
}

/** There are many pages, and machines that are slow. */
export const WALK_MS = 300_000;

/** Pages looked at side by side: while one is drawn, the Worker answers the next. */
const AT_ONCE = 3;

/** What is found on any of the pages, each with its page's name. */
export async function onEachPage(
  pages: readonly WalkedPage[],
  look: (walked: WalkedPage) => Promise<string[]>,
): Promise<string[]> {
  const waiting = [...pages];
  const found: string[] = [];
  const next = async (): Promise<void> => {
    const walked = waiting.shift();
    if (!walked) return;
    found.push(...(await look(walked)).map((text) => `${walked.name}: ${text}`));
    await next();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return found;
}

const NAMES = ['Bella Cucina', 'Harbor Grill', 'Café Nordlys', 'The Copper Ladle', 'Phở Hòa Bình'];
const LONG = 'Two drops: store 1 and store 4. '.repeat(12);

/** Part of the names of the pages to look at, while one works on them. */
const ONLY = process.env['PAGES'] ?? '';

/** Every page there is, each in the states worth looking at. */
export async function allPages(): Promise<WalkedPage[]> {
  const company = await freshCompany({ name: 'Nordic Foods', maxCustomers: 250 });
  const fresh = await freshCompany({ name: 'Fresh Foods', maxCustomers: 50, verified: false });
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
  const trusted = ids[5] ?? newId('customer');
  await trustCustomer(owner, trusted, true);
  await updateCustomer(owner, active, { notes: LONG, creditLimit: 50 }, null);
  await apiKeyFor(company);
  await apiKeyFor(company, ['customers:read'], { revokedAt: new Date() });
  const done = await importCsv(company, csvOf('done', 30));
  const undone = await importCsv(company, csvOf('undone', 3));
  await undoImport(owner, customerImport, undone);
  const staged = await stage(owner, UPLOADS, `${csvOf('staged', 40)}nobody,Nobody,,1 200\r\n`);
  const unmapped = await stage(owner, UPLOADS, csvOf('unmapped', 4).replace('email', 'Mail to'));
  for (const { email } of company.staff) {
    // oxlint-disable-next-line no-await-in-loop -- one mail after another
    await requestPasswordReset(context({ kind: 'nobody' }), { email });
  }

  await inviteContact(owner, active, { email: someEmail(), name: 'Ann Lee', role: 'BUYER' });
  await inviteContact(owner, active, { email: someEmail(), role: 'VIEWER' });

  const sales = await trade(company, ids.slice(1, 4));
  await ownPrices(company, active, sales);

  const dashboard = (name: string, path = '', of = company) => ({
    name,
    path: `/dashboard${path}`,
    company: of,
  });
  const settings = ['company', 'api-keys', 'audit', 'profile', 'password', 'sessions'];
  const pages: WalkedPage[] = [
    dashboard('home'),
    dashboard('home-fresh', '', fresh),
    dashboard('customers', '/customers'),
    dashboard('customers-found', '/customers?q=bella&status=ACTIVE&sort=name'),
    dashboard('customers-no-match', '/customers?q=nobody-has-this'),
    dashboard('customers-fresh', '/customers', fresh),
    dashboard('profile', `/customers/${active}`),
    dashboard('profile-blocked', `/customers/${blocked}`),
    dashboard('profile-trusted', `/customers/${trusted}`),
    dashboard('import', '/customers/import'),
    dashboard('import-fresh', '/customers/import', fresh),
    dashboard('import-preview', `/customers/import/${staged}`),
    dashboard('import-unmapped', `/customers/import/${unmapped}`),
    dashboard('import-done', `/customers/import/${done}`),
    dashboard('import-undone', `/customers/import/${undone}`),
    ...settings.map((page) => dashboard(`settings-${page}`, `/settings/${page}`)),
    ...(await tradePages(company, fresh, sales, active)),
    ...(await webhookPages(company, fresh)),
    ...(await accountPages(company)),
    ...(await shopPages(company, fresh, sales)),
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
  return pages.filter(({ name }) => name.includes(ONLY));
}

function csvOf(domain: string, rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const notes = index % 2 ? LONG : '';
    return `person${index}@${domain}.example,${NAMES[index % NAMES.length]},${notes},${index * 100}\r\n`;
  });
  return `email,name,notes,creditLimit\r\n${lines.join('')}`;
}
