import { expect, it } from 'vitest';
import { updateCustomer } from '#src/customers/update-customer.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { as, freshCompany } from '../context.ts';
import { apiKeyFor, server } from '../server.ts';
import { hrefOf } from '../staff.ts';
import { someEmail } from '../storefront.ts';
import {
  logInWith,
  newestMailTo,
  PASSWORD,
  registeredBrowser,
  registerWith,
  storeBrowser,
  typed,
} from '../storefront-browser.ts';

it('registers, is signed in, and proves the mailbox by a button and not by the link alone', async () => {
  const { slug } = await freshCompany({ name: 'Käse & Co' });
  const browser = storeBrowser();
  const email = someEmail();
  const form = await browser(`/store/${slug}/register`);
  expect(form).toMatchObject({ status: 200, roundTrips: 1 });
  expect(form.headers.get('cache-control')).toBe('private, no-store');
  const answer = await registerWith(browser, slug, ` ${email.toUpperCase()} `);
  expect(answer).toMatchObject({ status: 303, location: `/store/${slug}/catalog` });
  expect(answer.roundTrips).toBeLessThanOrEqual(3);
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(
    /^customer_session=[^;]+; Max-Age=604800; Path=\/store\/[\w-]+; HttpOnly;/,
  );
  expect(cookie).toContain('SameSite=Lax');
  expect(cookie).toContain(`Path=/store/${slug};`);

  const catalog = await browser(`/store/${slug}/catalog`);
  expect(catalog).toMatchObject({ status: 200, roundTrips: 1 });
  expect(catalog.headers.get('cache-control')).toBe('private, no-store');
  for (const text of ['Käse &amp; Co', 'No products yet', 'Sign out']) {
    expect(catalog.text).toContain(text);
  }
  expect(await browser(`/store/${slug}`)).toMatchObject({ location: `/store/${slug}/catalog` });

  const mail = await newestMailTo(email);
  expect(mail.template).toBe('customer_verify_email');
  const account = () => browser(`/store/${slug}/account`);
  expect(await browser(mail.path)).toMatchObject({ status: 200, roundTrips: 1 });
  expect((await account()).text).toContain('Not confirmed');
  expect((await browser(`/store/${slug}/account/verify`, {})).status).toBe(303);
  const again = await newestMailTo(email);
  expect(again.template).toBe('customer_verify_email');
  expect(await browser(again.path, {})).toMatchObject({ status: 200, roundTrips: 1 });
  expect((await account()).text).not.toContain('Not confirmed');
  expect((await browser(`/store/${slug}/verify-email/nonsense`, {})).status).toBe(410);
});

it('keeps what was typed where a registration cannot be, and says why to the letter', async () => {
  const { slug } = await freshCompany({ maxCustomers: 1 });
  const email = someEmail();
  await registeredBrowser(slug, email);
  const browser = storeBrowser();
  const taken = await registerWith(browser, slug, email);
  expect(taken.status).toBe(422);
  expect(taken.text).toContain('An account with this email already exists.');
  expect(taken.text).toContain('value="Blue Plate"');
  expect(taken.text).not.toContain(PASSWORD);
  expect(hrefOf(taken.text, 'Log in')).toBe(`/store/${slug}/login`);
  expect(hrefOf(taken.text, 'reset your password')).toBe(`/store/${slug}/reset`);
  const full = await registerWith(browser, slug, someEmail());
  expect(full.status).toBe(422);
  expect(full.text).toContain(
    'This store isn&#39;t accepting new customer sign-ups right now. Please contact the store directly.',
  );
  const short = await browser(`/store/${slug}/register`, { name: 'A', email: 'a', password: '1' });
  expect(short.status).toBe(422);
  for (const text of [
    'Name must be between 2 and 100 characters.',
    'Invalid email address.',
    'Password must be between 8 and 100 characters.',
  ]) {
    expect(short.text).toContain(text);
  }
  expect(browser.cookies('customer_session')).toEqual([]);
});

it('lets a customer who came over the API set a first password, and only then log in', async () => {
  const company = await freshCompany();
  const { slug } = company;
  const { key } = await apiKeyFor(company);
  const email = someEmail();
  const created = await server.fetch('/api/v1/customers', {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, name: 'Harbor Grill' }),
  });
  expect(created.status).toBe(201);
  const browser = storeBrowser();
  const wrong = await logInWith(browser, slug, email);
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('Invalid email or password.');
  const asked = await browser(`/store/${slug}/reset`, { email });
  expect(asked.status).toBe(200);
  expect(asked.roundTrips).toBeLessThanOrEqual(3);
  const { path, template } = await newestMailTo(email);
  expect(template).toBe('customer_reset_password');
  expect(path).toContain(`/store/${slug}/reset/`);
  expect(await browser(path)).toMatchObject({ status: 200, roundTrips: 1 });
  const unlike = await browser(path, { newPassword: PASSWORD, repeated: 'another one' });
  expect(unlike.status).toBe(422);
  expect(unlike.text).toContain('The two passwords are not the same.');
  const done = await browser(path, typed(PASSWORD));
  expect(done).toMatchObject({ status: 303, location: `/store/${slug}/login` });
  expect(done.roundTrips).toBeLessThanOrEqual(3);
  expect(await logInWith(browser, slug, email)).toMatchObject({
    status: 303,
    location: `/store/${slug}/catalog`,
  });
  expect((await browser(`/store/${slug}/account`)).text).toContain('value="Harbor Grill"');
  for (const used of [await browser(path), await browser(path, typed('another one'))]) {
    expect(used.status).toBe(410);
    expect(used.text).toContain('This link no longer works');
    expect(hrefOf(used.text, 'Get a new link')).toBe(`/store/${slug}/reset`);
  }
});

it('answers alike for accounts there are and accounts there are not', async () => {
  const company = await freshCompany();
  const { slug } = company;
  const email = someEmail();
  await registeredBrowser(slug, email);
  const passwordless = someEmail();
  await createCustomer(as(company, 'OWNER'), { email: passwordless });
  const answers = async (page: string, fields: Record<string, string>) => {
    const each = [email, passwordless, someEmail()].map(async (of) => {
      const answer = await storeBrowser()(`/store/${slug}/${page}`, { ...fields, email: of });
      return { ...answer, headers: null, text: answer.text.replaceAll(of, 'EMAIL') };
    });
    const [first, ...others] = await Promise.all(each);
    for (const other of others) expect(other).toEqual(first);
    return first;
  };
  expect(await answers('login', { password: 'a wrong one' })).toMatchObject({ status: 422 });
  expect(await answers('reset', {})).toMatchObject({ status: 200 });
  expect(await answers('setup-password', {})).toMatchObject({ status: 200 });
});

it('goes after a log-in where one was going, within the store only', async () => {
  const { slug } = await freshCompany();
  const other = await freshCompany();
  const email = someEmail();
  await registeredBrowser(slug, email);
  const stranger = storeBrowser();
  const asked = await stranger(`/store/${slug}/account/addresses?x=1`);
  expect(asked).toMatchObject({ status: 303, roundTrips: 1 });
  const form = await stranger(asked.location ?? '');
  const action = /action="([^"]*)"/.exec(form.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const answer = await stranger(action, { email, password: PASSWORD });
  expect(answer.location).toBe(`/store/${slug}/account/addresses?x=1`);
  expect(answer.roundTrips).toBeLessThanOrEqual(3);
  for (const next of [
    'https://evil.test/',
    '//evil.test/',
    String.raw`/\evil.test/`,
    `/store/${other.slug}/catalog`,
    `/store/${slug}/../${other.slug}/catalog`,
    `/store/${slug}/%2e%2e/${other.slug}/catalog`,
    `/store/${slug}x/catalog`,
    '/dashboard',
    'javascript:alert(1)',
    '\0',
  ]) {
    const path = `/store/${slug}/login?next=${encodeURIComponent(next)}`;
    const { location } = await storeBrowser()(path, { email, password: PASSWORD });
    expect(location, next).toBe(`/store/${slug}/catalog`);
  }
});

it('puts a blocked customer out at the next request, and says so to who knows the password', async () => {
  const company = await freshCompany();
  const { slug } = company;
  const { id, email } = await createCustomer(as(company, 'OWNER'), { email: someEmail() });
  await storeBrowser()(`/store/${slug}/reset`, { email });
  const browser = storeBrowser();
  await browser((await newestMailTo(email)).path, typed(PASSWORD));
  await logInWith(browser, slug, email);
  expect((await browser(`/store/${slug}/catalog`)).status).toBe(200);
  await updateCustomer(as(company, 'OWNER'), id, { status: 'BLOCKED' }, null);
  expect(await browser(`/store/${slug}/catalog`)).toMatchObject({
    status: 303,
    location: `/store/${slug}/login?next=${encodeURIComponent(`/store/${slug}/catalog`)}`,
  });
  const posted = await browser(`/store/${slug}/account`, { name: 'Changed' });
  expect(posted.status).toBe(401);
  expect(posted.text).toContain('You were signed out. What you typed is still here.');
  expect(posted.text).not.toContain('suspended');
  const blocked = await logInWith(browser, slug, email);
  expect(blocked.status).toBe(422);
  expect(blocked.text).toContain(
    'Your account has been suspended. Please contact the store for details.',
  );
  const wrong = await logInWith(browser, slug, email, 'a wrong one');
  expect(wrong.text).toContain('Invalid email or password.');
  expect(wrong.text).not.toContain('suspended');
});

it('changes name and password, and signs the other browsers out', async () => {
  const { slug } = await freshCompany();
  const email = someEmail();
  const [browser, other] = [await registeredBrowser(slug, email), storeBrowser()];
  await logInWith(other, slug, email);
  const saved = await browser(`/store/${slug}/account`, { name: 'Café <b>Noir</b>' });
  expect(saved).toMatchObject({ status: 303, location: `/store/${slug}/account`, roundTrips: 1 });
  const shown = await browser(`/store/${slug}/account`);
  expect(shown.text).toContain('value="Café &lt;b&gt;Noir&lt;/b&gt;"');
  expect(shown.text).toContain('Your profile is saved.');
  expect((await browser(`/store/${slug}/account`, { name: 'A' })).status).toBe(422);
  const change = (currentPassword: string, newPassword: string) =>
    browser(`/store/${slug}/account/password`, { currentPassword, ...typed(newPassword) });
  const wrong = await change('a wrong one', 'brand new one');
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('This is not your present password.');
  const changed = await change(PASSWORD, 'brand new one');
  expect(changed.status).toBe(303);
  expect(changed.roundTrips).toBeLessThanOrEqual(3);
  expect((await browser(`/store/${slug}/account`)).status).toBe(200);
  expect((await other(`/store/${slug}/account`)).status).toBe(303);
  expect((await logInWith(other, slug, email)).status).toBe(422);
  expect((await logInWith(other, slug, email, 'brand new one')).status).toBe(303);
  expect(await browser(`/store/${slug}/logout`, {})).toMatchObject({
    status: 303,
    location: `/store/${slug}/login`,
    roundTrips: 1,
  });
  expect(browser.cookies('customer_session')).toEqual([]);
  expect((await browser(`/store/${slug}/login`)).text).toContain('You are signed out.');
});

it('keeps addresses, one of them the default', async () => {
  const { slug } = await freshCompany();
  const browser = await registeredBrowser(slug, someEmail());
  const page = `/store/${slug}/account/addresses`;
  const address = { label: 'Kitchen', line1: 'Main St 1', city: 'Springfield', line2: '' };
  const added = await browser(page, { ...address, isDefault: 'on' });
  expect(added).toMatchObject({ status: 303, location: page, roundTrips: 1 });
  await browser(page, { ...address, label: 'Bar', isDefault: 'on' });
  const list = await browser(page);
  expect(list).toMatchObject({ status: 200, roundTrips: 1 });
  expect(list.text.match(/>Default</g)).toHaveLength(1);
  const [bar = '', kitchen = ''] = [...list.text.matchAll(/action="([^"]+\/adr_\w+)"/g)].map(
    ([, action]) => action,
  );
  const wrong = await browser(kitchen, { ...address, city: '', region: 'Typed & kept' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('City is required.');
  expect(wrong.text).toContain('value="Typed &amp; kept"');
  const saved = await browser(kitchen, { ...address, city: 'Shelbyville' });
  expect(saved).toMatchObject({ status: 303, roundTrips: 1 });
  expect(await browser(`${bar}/delete`, {})).toMatchObject({ status: 303, roundTrips: 1 });
  const left = await browser(page);
  expect(left.text).toContain('Shelbyville');
  expect(left.text).not.toContain('>Bar<');
  expect((await browser(`${bar}/delete`, {})).status).toBe(404);
  const stranger = await registeredBrowser(slug, someEmail());
  expect((await stranger(kitchen, address)).status).toBe(404);
  expect((await stranger(kitchen, {})).status).toBe(404);
  expect((await stranger(`${kitchen}/delete`, {})).status).toBe(404);
});
