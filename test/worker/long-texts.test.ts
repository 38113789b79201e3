import { eq } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { customers } from '#db/schema/index.ts';
import { tenant } from '#src/tenant.ts';
import { as, freshCompany } from '../context.ts';
import { call } from '../api.ts';
import { longTexts, quotes } from '../long-texts.ts';
import { productsFor } from '../products.ts';
import { apiKeyFor } from '../server.ts';
import { formIn } from '../shopper.ts';
import { browserOf, type Ask } from '../staff.ts';
import { someEmail } from '../storefront.ts';
import { registeredBrowser, type StoreBrowser } from '../storefront-browser.ts';

const MOST = 300_000;

let company: CompanyFixture;
let owner: Ask;
let buyer: StoreBrowser;
let customer: Id<'customer'>;
let products: Id<'product'>[];
let ids: Awaited<ReturnType<typeof longTexts>>;
let home: string;

beforeAll(async () => {
  company = await freshCompany({ name: quotes(100) });
  home = `/store/${company.slug}`;
  const email = someEmail();
  buyer = await registeredBrowser(company.slug, email);
  const ctx = as(company, 'OWNER');
  const [[row]] = await tenant(ctx, 'customers:read').batch([
    ctx.db
      .update(customers)
      .set({ name: quotes(200), notes: quotes(2000) })
      .where(eq(customers.email, email))
      .returning({ id: customers.id }),
  ]);
  if (!row) throw new Error('Nobody has registered.');
  customer = row.id;
  products = await productsFor(
    company,
    Array.from({ length: 500 }, (_, n) => ({
      name: `${n} ${quotes(195)}`,
      sku: `${n}${quotes(95)}`,
      category: quotes(100),
      unit: quotes(30),
      description: quotes(2000),
    })),
  );
  ids = await longTexts(company, customer, products);
  owner = await browserOf(company, 'OWNER');
});

type Answer = { status: number; text: string };

function small({ status, text }: Answer, what: string, wanted = status): void {
  expect(status, what).toBe(wanted);
  expect(Buffer.byteLength(text), what).toBeLessThan(MOST);
}

const SEARCH = `q=${encodeURIComponent(quotes(254))}`;
const LONG = encodeURIComponent('<'.repeat(2000));

it('shows staff every list with full pages of the longest texts', async () => {
  const dashboard = [
    '',
    '/customers',
    `/customers?${SEARCH}&status=ACTIVE&sort=name&after=${LONG}`,
    `/customers/${customer}`,
    `/customers/${customer}/prices`,
    `/customers/${customer}/prices?${SEARCH}&add=${LONG}`,
    `/customers/${customer}/prices?add=5`,
    '/customers/import',
    `/customers/import/${ids.import}`,
    '/orders',
    `/orders?${SEARCH}&status=SUBMITTED&from=2026-01-01&to=2026-12-31`,
    `/orders?customer=${customer}`,
    `/orders/${ids.order}`,
    `/orders/new?customer=${customer}`,
    '/inventory',
    `/inventory?${SEARCH}&category=${LONG}`,
    `/inventory/${products[0]}/edit`,
    '/notifications',
    `/notifications?since=${LONG}&after=${LONG}`,
    '/settings/company',
    '/settings/storefront',
    '/settings/profile',
    '/settings/sessions',
    '/settings/api-keys',
    '/settings/webhooks',
    `/settings/webhooks/${ids.webhook}`,
    `/settings/webhooks/${ids.webhook}/edit`,
    `/settings/webhooks/${ids.webhook}/deliveries/${ids.delivery}`,
    '/settings/audit',
    `/settings/audit?entity=${encodeURIComponent(quotes(200))}&action=${'A'.repeat(60)}&from=${LONG}`,
  ];
  for (const path of dashboard) small(await owner(`/dashboard${path}`), path, 200);
  small(await owner(`/dashboard/${LONG}`), 'unknown', 404);
});

it('shows a customer every page with the longest texts', async () => {
  const rest = [
    '/catalog',
    `/catalog?${SEARCH}&category=${LONG}&page=${LONG}`,
    '/orders',
    `/orders?${SEARCH}&status=SUBMITTED`,
    `/orders/${ids.order}`,
    '/account',
    '/account/addresses',
    '/account/contacts',
    '/cart',
    '/checkout',
    '/quick-order',
  ];
  for (const path of rest) small(await buyer(`${home}${path}`), `store ${path}`, 200);
});

/** As much as a form is read with, and as much as a page shows again. */
const TYPED = { 'all that is read': quotes(39_000), 'all that is shown': quotes(8_200) };

it.each(Object.entries(TYPED))('shows refused forms of staff again: %s', async (_, typed) => {
  const profile = `/customers/${customer}`;
  const forms: [string, Record<string, string>, number][] = [
    [profile, { notes: typed }, 422],
    [`${profile}/contacts`, { email: typed, name: 'x' }, 422],
    [`${profile}/contacts/${ids.contact}`, { name: typed }, 422],
    [`${profile}/prices/${products[0]}`, { price: typed }, 422],
    [`${profile}/prices/${products[0]}?in=profile`, { price: typed }, 422],
    [`${profile}/prices/list`, { list: `${quotes(95)}\t1\n`.repeat(420) }, 422],
    [`${profile}/prices/list`, { list: 'x\t\n'.repeat(12_000) }, 422],
    [`${profile}/prices/list`, { list: '米\t1\n'.repeat(41_500) }, 422],
    ['/settings/company', { name: 'x', invoiceDetails: typed }, 422],
    ['/settings/storefront', { slug: 'x', openingHours: typed }, 422],
    ['/settings/profile', { name: typed }, 422],
    ['/settings/api-keys', { name: typed }, 422],
    ['/settings/webhooks/new', { url: typed }, 422],
    [`/settings/webhooks/${ids.webhook}/edit`, { url: typed, version: '1' }, 422],
    [`/settings/webhooks/${ids.webhook}/replay`, { from: typed, to: '' }, 422],
    ['/inventory/new', { name: 'x', description: typed }, 422],
    [`/inventory/${products[0]}/edit`, { name: 'x', description: typed }, 422],
    [`/inventory/${products[0]}/price`, { price: typed }, 422],
  ];
  for (const [path, form, status] of forms)
    small(await owner(`/dashboard${path}`, form), `refused ${path}`, status);
});

it.each(Object.entries(TYPED))('shows refused forms of customers again: %s', async (_, typed) => {
  const address = { line1: typed, city: 'Linz', country: 'Austria' };
  const forms: [string, Record<string, string>, number][] = [
    [`${home}/account`, { name: typed }, 422],
    [`${home}/account/addresses`, address, 422],
    [`${home}/account/addresses/${ids.address}`, address, 422],
    [`${home}/account/contacts`, { email: typed }, 422],
    [`${home}/account/contacts/${ids.contact}`, { name: typed }, 422],
    [`${home}/cart/${products[0]}`, { quantity: typed }, 422],
    [`${home}/cart/${products[0]}`, { quantity: typed, back: `${home}/catalog` }, 422],
    [`${home}/quick-order`, { rows: '米\t1\n'.repeat(38_000) }, 422],
    ['/signup', { companyName: typed }, 422],
    ['/login', { email: typed, password: 'x' }, 422],
    ['/forgot-password', { email: typed }, 422],
  ];
  for (const [path, form, status] of forms)
    small(await buyer(path, form), `refused ${path}`, status);
  const checkout = { ...formIn((await buyer(`${home}/checkout`)).text), ...address };
  small(
    await buyer(`${home}/checkout`, checkout),
    'refused checkout',
    typed.length > 10_000 ? 413 : 422,
  );
});

it('shows contacts and addresses in parts, and leads back to the part of an edit', async () => {
  const path = `${home}/account/addresses`;
  const part = await buyer(`${path}?part=14`);
  expect(part.text).toContain('5 of 200 addresses');
  const [, action = ''] = /action="([^"]*\/adr_\w+\?part=14)"/.exec(part.text) ?? [];
  const address = { label: 'Dock', line1: 'Main St 1', city: 'Linz', country: 'Austria' };
  const saved = await buyer(action, { ...address, region: '', postalCode: '4020' });
  expect(saved).toMatchObject({ status: 303, location: `${path}?part=14` });
  for (const wrong of ['0', '-1', 'x', '1e400'])
    expect((await buyer(`${path}?part=${wrong}`)).text).toContain('15 of 200 addresses');
  const checkout = await buyer(`${home}/checkout`);
  expect(checkout.text).toContain('And 350 more products, as in the cart: they are ordered along');
  expect(formIn(checkout.text)['line']).toHaveLength(500);
  const contacts = await owner(`/dashboard/customers/${customer}?part=20`);
  expect(contacts.text).toContain('10 of 200 contacts');
});

it('shows an order of 500 lines in the making in parts, and keeps them all', async () => {
  const path = '/dashboard/orders/new';
  const draft = new URLSearchParams({ customerId: customer, notes: TYPED['all that is shown'] });
  for (const id of products) {
    draft.append('productId', id);
    draft.append('quantity', quotes(15));
    draft.append('seenCents', '100000000');
  }
  const first = await owner(path, draft);
  small(first, 'draft of 500', 200);
  expect(first.text).toContain('40 of 500 lines');
  const fifth = await owner(path, sentBy(first.text, { goTo: '6' }));
  small(fifth, 'draft of 500, part 6', 200);
  expect(fifth.text).toContain(`id="quantity-${products[200]}"`);
  const refused = await owner(path, sentBy(fifth.text, { placeOrder: 'on' }));
  small(refused, 'refused draft', 422);
  const other = sentBy(refused.text, { removeProduct: products[0] ?? '', goTo: '13' });
  const last = await owner(path, other);
  expect(last.text).toContain('19 of 499 lines');
  const kept = decodeURIComponent(sentBy(last.text).toString()).match(/prd_\w+/g);
  expect(kept).toEqual(products.slice(1));
});

/** What the form of a draft sends. */
function sentBy(page: string, pressed: Record<string, string> = {}): URLSearchParams {
  const form = page.slice(page.indexOf('id="new-order"'), page.indexOf('</main>'));
  const sent = new URLSearchParams({ notes: TYPED['all that is shown'] });
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
    sent.append(of('name'), of('value').replaceAll('&quot;', '"'));
  }
  for (const [name, value] of Object.entries(pressed)) sent.set(name, value);
  return sent;
}

it('answers the API shortly, whatever it is sent', async () => {
  const { key } = await apiKeyFor(company);
  const all = <T>(item: T) => Array.from({ length: 100 }, () => item);
  const long = quotes(5_000);
  const bodies: [string, string, unknown][] = [
    ['POST', '/customers', { email: long, name: long, notes: long }],
    ['POST', '/products', { name: long, sku: long, priceCents: long }],
    [
      'POST',
      '/orders',
      { lines: products.map((_, n) => ({ sku: `${n}${quotes(95)}x`, quantity: 1 })) },
    ],
    [
      'POST',
      '/orders',
      { lines: products.map((_, n) => ({ sku: `${n}${quotes(95)}`, quantity: 9_999 })) },
    ],
    ['POST', '/customers/batch', { items: all({ email: quotes(300), name: quotes(300) }) }],
    ['POST', '/products/batch', { items: all({ sku: quotes(101), name: quotes(201), price: '' }) }],
    ['POST', '/webhooks', { url: long, events: all(quotes(90)) }],
  ];
  for (const [method, path, json] of bodies) {
    const { status, text } = await call(method, path, { key, json });
    small({ status, text }, `API ${path}`);
  }
  const queries = [
    `/customers?${SEARCH}&status=${LONG}&sort=${LONG}&cursor=${LONG}&limit=${LONG}`,
    `/orders?status=${LONG}&from=${LONG}`,
    `/products/${LONG}`,
  ];
  for (const path of queries) {
    const { status, text } = await call('GET', path, { key });
    small({ status, text }, `API ${path}`);
  }
});
