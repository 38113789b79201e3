import { beforeAll, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { formIn, newShopper } from '../shopper.ts';
import { server } from '../server.ts';
import { browserOf, browserWith } from '../staff.ts';
import { someEmail } from '../storefront.ts';
import { logInWith, PASSWORD, registeredBrowser, storeBrowser } from '../storefront-browser.ts';

/** The hidden field of the log-in form, as a browser would send it. */
function carriedIn(page: string): string {
  const [, value = ''] = /name="carried" value="([^"]*)"/.exec(page) ?? [];
  return value
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

const MULTILINE = 'Ring twice.\n"Back door" & <gate> – Crème';

it('keeps a checkout that meets an ended session, and places nothing without a new press', async () => {
  const shopper = await newShopper();
  const { store, me, email } = shopper;
  await shopper.put(2);
  const form = await shopper.open();
  const typed = {
    ...form,
    poNumber: 'PO-77',
    notes: MULTILINE,
    line1: 'Dock 4',
    city: 'Springfield',
  };
  await me(`${store}/logout`, {});
  const refused = await me(`${store}/checkout`, typed);
  expect(refused).toMatchObject({ status: 401, roundTrips: 1 });
  expect(refused.headers.get('cache-control')).toContain('no-store');
  expect(refused.text).toContain('You were signed out. Your order is still here.');
  const carried = carriedIn(refused.text);

  const wrong = await me(`${store}/login`, { carried, email, password: 'not this one' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('Invalid email or password.');
  expect(carriedIn(wrong.text)).toBe(carried);

  const body = { carried, email, password: PASSWORD };
  // Without its cookie, a browser comes back to the same log-in.
  const cookieless = await storeBrowser()(`${store}/checkout`, body);
  expect(cookieless.status).toBe(401);
  expect(carriedIn(cookieless.text)).toBe(carried);
  const entered = await me(`${store}/login`, body);
  expect(entered).toMatchObject({ status: 307, location: `${store}/checkout` });
  // A browser posts the same body there.
  const again = await me(`${store}/checkout`, body);
  expect(again).toMatchObject({ status: 200, roundTrips: 1 });
  for (const text of ['value="PO-77"', 'value="Dock 4"', 'Ring twice.', '&lt;gate&gt; – Crème']) {
    expect(again.text).toContain(text);
  }
  expect(again.text).not.toContain(PASSWORD);
  expect(again.text).not.toContain('field-error');
  expect(await shopper.placedOrders()).toEqual([]);
  expect((await me(`${store}/checkout`, typed)).status).toBe(303);
  expect(await shopper.placedOrders()).toHaveLength(1);
});

it('orders from nobody else’s cart when another person logs in', async () => {
  const shopper = await newShopper();
  const { store, company, me } = shopper;
  await shopper.put(2);
  const form = await shopper.open();
  await me(`${store}/logout`, {});
  const refused = await me(`${store}/checkout`, { ...form, poNumber: 'PO-77' });
  const email = someEmail();
  const other = await registeredBrowser(company.slug, email);
  await shopper.put(1, 1, other);
  const body = { carried: carriedIn(refused.text), email, password: PASSWORD };
  expect((await me(`${store}/login`, body)).status).toBe(307);
  const theirs = await me(`${store}/checkout`, body);
  expect(theirs.text).toContain('value="PO-77"');
  expect(theirs.text).toContain('Sugar');
  expect(theirs.text).not.toContain('Flour');
  expect((await me(`${store}/checkout`, formIn(theirs.text))).status).toBe(303);
  expect(await shopper.placedOrders()).toMatchObject([{ totalCents: 99 }]);
});

it('keeps rows of a quick order: pasted ones in their field, those of the pad looked up', async () => {
  const shopper = await newShopper();
  const { store, me, email, product } = shopper;
  const path = `${store}/quick-order`;
  await me(`${store}/logout`, {});
  const rows = 'Flour\t2\r\nSugar\t3';
  const pasted = await me(path, { rows });
  expect(pasted.text).toContain('Your order is still here.');
  const first = { carried: carriedIn(pasted.text), email, password: PASSWORD };
  expect(await me(`${store}/login`, first)).toMatchObject({ status: 307, location: path });
  const shown = await me(path, first);
  expect(shown.status).toBe(200);
  expect(shown.text).toContain('Flour\t2\nSugar\t3</textarea>'.replace('\n', '\r\n'));

  await me(`${store}/logout`, {});
  const pad = { seen: '', 'text-1': 'Flour', 'product-1': product(0), 'quantity-1': '4' };
  const sent = await me(`${path}/add`, pad);
  const second = { carried: carriedIn(sent.text), email, password: PASSWORD };
  expect(await me(`${store}/login`, second)).toMatchObject({ location: `${path}/add` });
  const judged = await me(`${path}/add`, second);
  expect(judged.status).toBe(200);
  expect(judged.text).toContain('value="4"');
  expect((await me(`${store}/cart`)).text).not.toContain('Flour');
});

it('keeps a quantity that was typed in the catalog or the cart', async () => {
  const shopper = await newShopper();
  const { store, me, email, product } = shopper;
  await shopper.put(2);
  await me(`${store}/logout`, {});
  const path = `${store}/cart/${product(0)}`;
  for (const fields of [{ quantity: '7' }, { quantity: '7', back: '?search=flour' }]) {
    // oxlint-disable no-await-in-loop -- one after the other
    const refused = await me(path, fields);
    const body = { carried: carriedIn(refused.text), email, password: PASSWORD };
    await me(`${store}/login`, body);
    const again = await me(path, body);
    expect(again.status).toBe(422);
    expect(again.text).toContain('value="7"');
    expect(again.text).toContain('Not saved yet.');
    await me(`${store}/logout`, {});
    // oxlint-enable no-await-in-loop
  }
});

it('says that somebody was signed out only to a browser that was signed in', async () => {
  const { store, me, email, company } = await newShopper();
  const stranger = await storeBrowser()(`${store}/orders`);
  expect(stranger.status).toBe(303);
  expect(stranger.headers.get('set-cookie')).toBeNull();
  const elsewhere = storeBrowser();
  await logInWith(elsewhere, company.slug, email);
  // A new password ends the other sessions.
  const changed = {
    currentPassword: PASSWORD,
    newPassword: 'another horse',
    repeated: 'another horse',
  };
  expect((await elsewhere(`${store}/account/password`, changed)).status).toBe(303);
  const ended = await me(`${store}/orders?status=SHIPPED`);
  const next = encodeURIComponent(`${store}/orders?status=SHIPPED`);
  expect(ended).toMatchObject({ status: 303, location: `${store}/login?next=${next}` });
  expect((await me(ended.location ?? '')).text).toContain('You were signed out.');
  // The store of an ended session is asked for by itself.
  const posted = await me(`${store}/quick-order`, { rows: 'Flour 2' });
  expect(posted).toMatchObject({ status: 401, roundTrips: 2 });
});

let company: CompanyFixture;
const signedIn = { email: '', password: PASSWORD };
beforeAll(async () => {
  company = await freshCompany({ passwordHash: await argon2Hasher.hash(PASSWORD) });
  signedIn.email = company.staff.find(({ role }) => role === 'OWNER')?.email ?? '';
});

const stranger = browserWith('');
const cookieOf = ({ headers }: { headers: { getSetCookie(): string[] } }) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

it('keeps a product that was being edited in the dashboard', async () => {
  const [product = 'prd_'] = await productsFor(company, [{ name: 'Flour', priceCents: 100 }]);
  const path = `/dashboard/inventory/${product}/edit`;
  const refused = await stranger(path, { name: 'Rye flour', price: 'two', version: '1' });
  expect(refused).toMatchObject({ status: 401, roundTrips: 0 });
  expect(refused.text).toContain('You were signed out. What you typed is still here.');
  const carried = carriedIn(refused.text);
  const entered = await stranger('/login', { ...signedIn, carried });
  expect(entered).toMatchObject({ status: 307, location: path });
  const me = browserWith(cookieOf(entered));
  const again = await me(path, { carried, ...signedIn });
  expect(again.text).toContain('value="Rye flour"');
  expect(again.text).toContain('value="two"');
  expect(again.text).not.toContain('field-error');
  expect((await me(path)).text).toContain('value="Flour"');
});

it('goes back to the page of a button, and does nothing', async () => {
  const [product = 'prd_'] = await productsFor(company, [{ name: 'Oats', priceCents: 100 }]);
  const me = await browserOf(company, 'OWNER');
  const page = `/dashboard/inventory/${product}/edit`;
  const carried = (action: string, from: string) =>
    JSON.stringify({ action, page: from, fields: [['a', 'b']], files: [], cut: false });
  const path = `/dashboard/inventory/${product}/delete`;
  expect(await me(path, { carried: carried(path, page) })).toMatchObject({
    status: 303,
    location: page,
  });
  expect((await me(page)).status).toBe(200);
  expect(await me(path, { carried: carried(path, 'https://evil.test/') })).toMatchObject({
    location: '/dashboard',
  });
});

it('asks for a file again, and carries no password', async () => {
  const form = new FormData();
  form.set('name', 'Rye');
  form.set('password', PASSWORD);
  form.set('newPassword', PASSWORD);
  form.set('repeated', PASSWORD);
  form.set('image', new File(['x'], 'rye.png', { type: 'image/png' }));
  const sent = new Response(form);
  const type = sent.headers.get('Content-Type') ?? '';
  const refused = await server.fetch('/dashboard/inventory/new', {
    method: 'POST',
    headers: { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': type },
    // Of a known length, as a browser sends it.
    body: await sent.arrayBuffer(),
  });
  expect(refused.status).toBe(401);
  const page = await refused.text();
  expect(page).toContain('What you typed is still here. Choose “rye.png” again.');
  expect(page).not.toContain(PASSWORD);
  const carried = carriedIn(page);
  expect(JSON.parse(carried)).toMatchObject({ fields: [['name', 'Rye']], files: ['rye.png'] });
  const entered = await stranger('/login', { ...signedIn, carried });
  expect(entered.flash).toContain('Choose “rye.png” again.');
});

it('leads nowhere else, whatever a form says that it carries', async () => {
  for (const action of [
    'https://evil.test/dashboard',
    '//evil.test/dashboard',
    '/store/x/checkout',
    '/dashboard/../login',
  ]) {
    const carried = JSON.stringify({
      action,
      page: action,
      fields: [['a', 'b']],
      files: [],
      cut: false,
    });
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { location } = await stranger('/login', { ...signedIn, carried });
    expect(location, action).toBe('/dashboard');
  }
  const nonsense = await stranger('/login', { ...signedIn, carried: '{"action":1}' });
  expect(nonsense).toMatchObject({ status: 303, location: '/dashboard' });
});

it('carries nothing that another site has posted', async () => {
  for (const path of ['/dashboard/inventory/new', `/store/${company.slug}/quick-order`]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const response = await server.fetch(path, {
      method: 'POST',
      headers: {
        'Sec-Fetch-Site': 'cross-site',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ name: 'planted', rows: 'planted' }).toString(),
    });
    expect(response.status, path).toBe(403);
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    expect(await response.text(), path).not.toContain('planted');
  }
});

it('keeps the longest form there is, and says so where a text does not fit into a page', async () => {
  const path = `/store/${company.slug}/quick-order`;
  const browser = storeBrowser();
  const long = await browser(path, { rows: `${newId('session')}\t12\n`.repeat(5_000) });
  expect(long.text.length).toBeLessThan(300_000);
  expect(JSON.parse(carriedIn(long.text)).fields).toHaveLength(1);
  const alone = await browser(path, { rows: '米米米\n'.repeat(25_000) });
  expect(alone.text).toContain('You were signed out. What you sent is too long to keep.');
  const longer = await browser(path, { rows: '米米米\n'.repeat(25_000), note: 'kept' });
  expect(longer.text).toContain('except for a text that is too long to keep');
  expect(JSON.parse(carriedIn(longer.text)).fields).toEqual([['note', 'kept']]);
});
