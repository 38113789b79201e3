import { expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { updateCompany } from '#src/companies/update-company.ts';
import { getCompany } from '#src/companies/queries.ts';
import type { CompanyFixture } from '#db/factories.ts';
import { as, freshCompany } from '../context.ts';
import { customerCookie, server, staffCookie } from '../server.ts';
import { browserWith } from '../staff.ts';
import { someEmail } from '../storefront.ts';
import {
  joinedBrowser,
  logInWith,
  newestMailTo,
  PASSWORD,
  registeredBrowser,
  registerWith,
  storeBrowser,
  typed,
} from '../storefront-browser.ts';

const valueOf = (cookie: string | undefined) => cookie?.slice(cookie.indexOf('=') + 1) ?? '';

async function moveTo(company: CompanyFixture, slug: string): Promise<void> {
  const { version, ...settings } = await getCompany(as(company, 'OWNER'));
  const result = await updateCompany(as(company, 'OWNER'), { ...settings, slug }, version);
  if (!result.ok) throw new Error(`Not moved: ${result.reason}.`);
}

it('keeps one browser signed in at two stores, side by side', async () => {
  const [one, two] = await Promise.all([
    freshCompany({ name: 'North Foods' }),
    freshCompany({ name: 'South Foods' }),
  ]);
  const email = someEmail();
  const browser = storeBrowser();
  await registerWith(browser, one.slug, email);
  // The same email is another account there, with a password of its own.
  const other = { name: 'Green Plate', email, password: 'another password' };
  expect((await browser(`/store/${two.slug}/register`, other)).status).toBe(303);
  expect(browser.cookies('customer_session')).toHaveLength(2);
  const [north, south] = [
    await browser(`/store/${one.slug}/account`),
    await browser(`/store/${two.slug}/account`),
  ];
  expect(north.text).toContain('value="Blue Plate"');
  expect(south.text).toContain('value="Green Plate"');
  expect((await logInWith(storeBrowser(), two.slug, email)).status).toBe(422);
  await browser(`/store/${one.slug}/logout`, {});
  expect((await browser(`/store/${one.slug}/catalog`)).status).toBe(303);
  expect((await browser(`/store/${two.slug}/catalog`)).status).toBe(200);
  // A password set at one store is set there only.
  await browser(`/store/${two.slug}/reset`, { email });
  const { path } = await newestMailTo(email);
  expect((await browser(path.replace(two.slug, one.slug))).status).toBe(410);
  expect((await browser(path.replace(two.slug, one.slug), typed('third one'))).status).toBe(410);
  expect((await browser(path, typed('third one'))).status).toBe(303);
  expect((await logInWith(browser, one.slug, email)).status).toBe(303);
});

it('lets one person be the main account at one store and a contact at another', async () => {
  const [one, two] = await Promise.all([freshCompany(), freshCompany()]);
  const email = someEmail();
  await registeredBrowser(one.slug, email);
  const owner = await registeredBrowser(two.slug, someEmail());
  const contact = await joinedBrowser(owner, two.slug, email, 'VIEWER');
  expect((await contact(`/store/${two.slug}/catalog`)).text).toContain('>Viewer<');
  expect((await contact(`/store/${one.slug}/catalog`)).status).toBe(303);
  expect((await logInWith(contact, one.slug, email)).status).toBe(303);
  const main = await contact(`/store/${one.slug}/catalog`);
  expect(main.status).toBe(200);
  expect(main.text).not.toContain('>Viewer<');
});

it('takes links at the store they are of, and nowhere else', async () => {
  const [one, two] = await Promise.all([freshCompany(), freshCompany()]);
  const email = someEmail();
  const browser = await registeredBrowser(one.slug, email);
  const verify = (await newestMailTo(email)).path;
  const contact = someEmail();
  await browser(`/store/${one.slug}/account/contacts`, { email: contact, role: 'BUYER' });
  const invite = (await newestMailTo(contact)).path;
  await browser(`/store/${one.slug}/reset`, { email });
  const reset = (await newestMailTo(email)).path;
  const foreign = (path: string) => path.replace(one.slug, two.slug);
  const purpose = (path: string, page: string) =>
    `/store/${one.slug}/${page}/${path.split('/').at(-1)}`;
  for (const path of [
    foreign(verify),
    foreign(invite),
    foreign(reset),
    purpose(verify, 'reset'),
    purpose(invite, 'reset'),
    purpose(reset, 'setup-password'),
    purpose(verify, 'setup-password'),
    purpose(reset, 'verify-email'),
  ]) {
    const { status, text } = await storeBrowser()(path, typed('a foreign password'));
    expect(status, path).toBe(410);
    expect(text).toContain('This link no longer works');
  }
  expect((await storeBrowser()(invite)).status).toBe(200);
  expect((await storeBrowser()(reset)).status).toBe(200);
  expect((await logInWith(storeBrowser(), one.slug, email)).status).toBe(303);
});

it('never takes a session of the other side, of another store, or of nobody', async () => {
  const [one, two] = await Promise.all([freshCompany(), freshCompany()]);
  const browser = await registeredBrowser(one.slug, someEmail());
  const customer = browser.cookies('customer_session')[0]?.value ?? '';
  const staff = valueOf(await staffCookie(one, 'OWNER'));
  const atStore = async (slug: string, cookie: string) =>
    (await browserWith(cookie)(`/store/${slug}/account`)).status;
  const atDashboard = async (cookie: string) => (await browserWith(cookie)('/dashboard')).status;
  expect(await atStore(one.slug, `customer_session=${customer}`)).toBe(200);
  expect(await atStore(two.slug, `customer_session=${customer}`)).toBe(303);
  expect(await atStore(one.slug, `staff_session=${staff}`)).toBe(303);
  expect(await atStore(one.slug, `customer_session=${staff}`)).toBe(303);
  expect(await atStore(one.slug, `staff_session=${customer}`)).toBe(303);
  expect(await atDashboard(`staff_session=${staff}`)).toBe(200);
  expect(await atDashboard(`staff_session=${customer}`)).toBe(303);
  expect(await atDashboard(`customer_session=${staff}`)).toBe(303);
  expect(await atDashboard(`customer_session=${customer}`)).toBe(303);
  // Well signed, of a session there is not; and one of the staff's.
  expect(await atStore(one.slug, await customerCookie(newId('session')))).toBe(303);
  const person = one.staff[0]?.sessionId ?? newId('session');
  expect(await atStore(one.slug, await customerCookie(person))).toBe(303);
  // Another store's log-out ends nothing here.
  await browserWith(`customer_session=${customer}`)(`/store/${two.slug}/logout`, {});
  expect(await atStore(one.slug, `customer_session=${customer}`)).toBe(200);
  await browserWith(`customer_session=${customer}`)(`/store/${one.slug}/logout`, {});
  expect(await atStore(one.slug, `customer_session=${customer}`)).toBe(303);
});

it('stays signed in when the store moves to another slug', async () => {
  const company = await freshCompany();
  const { slug: former } = company;
  const email = someEmail();
  const browser = await registeredBrowser(former, email);
  const present = `moved-${newId('company').slice(-8)}`;
  await moveTo(company, present);
  const moved = await browser(`/store/${former}/account/addresses?a=%20b`);
  expect(moved).toMatchObject({
    status: 302,
    location: `/store/${present}/account/addresses?a=%20b`,
    roundTrips: 1,
  });
  expect((await browser(`/store/${present}/account/addresses`)).status).toBe(200);
  // What was posted from a page that was open already is done.
  const address = { label: 'Kitchen', line1: 'Main St 1', city: 'Springfield' };
  expect(await browser(`/store/${former}/account/addresses`, address)).toMatchObject({
    status: 303,
    location: `/store/${present}/account/addresses`,
  });
  // The message waits for the page it is for.
  expect((await browser(`/store/${former}/account/addresses`)).status).toBe(302);
  expect((await browser(`/store/${present}/account/addresses`)).text).toContain('is added.');
  const stranger = storeBrowser();
  expect(await stranger(`/store/${former}/catalog`)).toMatchObject({
    status: 302,
    location: `/store/${present}/catalog`,
  });
  expect(await logInWith(stranger, former, email)).toMatchObject({
    status: 303,
    location: `/store/${present}/catalog`,
  });
  expect((await stranger(`/store/${present}/catalog`)).status).toBe(200);
  // Whoever has the slug now knows nobody of them.
  await moveTo(await freshCompany(), former);
  expect((await browser(`/store/${former}/catalog`)).status).toBe(303);
});

it('takes no form from another site', async () => {
  const { slug } = await freshCompany();
  const browser = await registeredBrowser(slug, someEmail());
  const cookie = `customer_session=${browser.cookies('customer_session')[0]?.value}`;
  for (const page of ['login', 'logout', 'register', 'reset', 'account', 'account/contacts']) {
    const response = await server.fetch(`/store/${slug}/${page}`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        Cookie: cookie,
        'Sec-Fetch-Site': 'cross-site',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({
        email: 'a@b.co',
        password: PASSWORD,
        name: 'Mallory',
      }).toString(),
    });
    expect(response.status, page).toBe(403);
  }
  expect((await browser(`/store/${slug}/account`)).text).toContain('value="Blue Plate"');
});
