import { expect, it } from 'vitest';
import { freshCompany } from '../context.ts';
import { someEmail } from '../storefront.ts';
import {
  logInWith,
  PASSWORD,
  registeredBrowser,
  type StoreBrowser,
  storeBrowser,
} from '../storefront-browser.ts';

type Answer = Awaited<ReturnType<StoreBrowser>>;

function expectThrottled({ status, headers, text }: Answer): void {
  expect(status).toBe(429);
  const seconds = Number(headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(text).toMatch(/Too many attempts\. Please wait \d+ seconds and try again\./);
}

/** What came of so many tries, one after another. */
async function statusesOf(times: number, attempt: () => Promise<Answer>): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < times; n += 1) {
    // oxlint-disable-next-line no-await-in-loop -- what comes of one depends on those before
    statuses.push((await attempt()).status);
  }
  return statuses;
}

it('locks an account out for the address that guesses, and for nobody else', async () => {
  const [{ slug }, other] = await Promise.all([freshCompany(), freshCompany()]);
  const email = someEmail();
  await registeredBrowser(slug, email);
  await registeredBrowser(other.slug, email);
  const attacker = storeBrowser();
  const guess = () => logInWith(attacker, slug, email, 'a guess');
  expect(await statusesOf(5, guess)).toEqual(Array(5).fill(422));
  expectThrottled(await guess());
  expectThrottled(await logInWith(attacker, slug, ` ${email.toUpperCase()}`));
  expect((await logInWith(storeBrowser(), slug, email)).status).toBe(303);
  // Of another store's account of that name nothing was guessed.
  expect((await logInWith(attacker, other.slug, email)).status).toBe(303);
});

it('lets no parallel attack past the bound', async () => {
  const { slug } = await freshCompany();
  const email = someEmail();
  const attacker = storeBrowser();
  const statuses = await Promise.all(
    Array.from({ length: 20 }, async () => (await logInWith(attacker, slug, email)).status),
  );
  expect(statuses.filter((status) => status === 422)).toHaveLength(5);
  expect(statuses.filter((status) => status === 429)).toHaveLength(15);
});

it('does not count those who get in', async () => {
  const { slug } = await freshCompany();
  const email = someEmail();
  await registeredBrowser(slug, email);
  const browser = storeBrowser();
  expect(await statusesOf(7, () => logInWith(browser, slug, email))).toEqual(Array(7).fill(303));
});

it('counts every mail one has sent, whether or not there was an account', async () => {
  const { slug } = await freshCompany();
  for (const page of ['reset', 'setup-password']) {
    const email = someEmail();
    const browser = storeBrowser();
    const ask = () => browser(`/store/${slug}/${page}`, { email });
    // oxlint-disable-next-line no-await-in-loop -- one page after another
    expect(await statusesOf(5, ask), page).toEqual(Array(5).fill(200));
    // oxlint-disable-next-line no-await-in-loop -- one page after another
    const refused = await ask();
    expectThrottled(refused);
    expect(refused.text).toContain(`value="${email}"`);
  }
  const browser = storeBrowser();
  const registration = { name: 'Blue Plate', email: someEmail(), password: PASSWORD };
  const register = () => browser(`/store/${slug}/register`, registration);
  expect(await statusesOf(5, register)).toEqual([303, 422, 422, 422, 422]);
  expectThrottled(await register());
  const verify = () => browser(`/store/${slug}/account/verify`, {});
  // The registration has mailed the first of the day's five.
  expect(await statusesOf(4, verify)).toEqual(Array(4).fill(303));
  const withheld = await verify();
  expect(withheld.status).toBe(429);
  expect(withheld.text).toContain('No more mails can be sent to this address today.');
  expectThrottled(await verify());
  const invite = () =>
    browser(`/store/${slug}/account/contacts`, { email: someEmail(), role: 'BUYER' });
  expect(await statusesOf(3, invite)).toEqual(Array(3).fill(303));
  // Who logs in again is still the same.
  await logInWith(browser, slug, registration.email);
  expect(await statusesOf(2, invite)).toEqual(Array(2).fill(303));
  expectThrottled(await invite());
});

it('lets nobody find out the password of an open browser by trying', async () => {
  const { slug } = await freshCompany();
  const browser = await registeredBrowser(slug, someEmail());
  const change = { newPassword: 'brand new one', repeated: 'brand new one' };
  const guess = () =>
    browser(`/store/${slug}/account/password`, { ...change, currentPassword: 'a guess' });
  expect(await statusesOf(5, guess)).toEqual(Array(5).fill(422));
  expectThrottled(await guess());
});
