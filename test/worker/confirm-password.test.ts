import { beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { freshCompany } from '../context.ts';
import { server, staffCookie } from '../server.ts';
import { browserOf, valueOf } from '../staff.ts';
import { mailTo, someEmail } from '../storefront.ts';

const KEYS = '/dashboard/settings/api-keys';
const PROFILE = '/dashboard/settings/profile';
const EMAIL = `${PROFILE}/email`;
const PASSWORD = 'the right password';
const FIELD = /<input[^>]*type="password"[^>]*name="password"|name="password"[^>]*type="password"/;

let passwordHash: string;
beforeAll(async () => {
  passwordHash = await argon2Hasher.hash(PASSWORD);
});

const key = (name = 'ERP') => ({ id: newId('apiKey'), name, scopes: ['orders:read'].join() });

describe('the password asked again', () => {
  it('is asked for before an API key is made, and what was typed comes back', async () => {
    const ask = await browserOf(await freshCompany({ passwordHash }), 'ADMIN');
    expect((await ask(KEYS)).text).toMatch(FIELD);
    const form = key('Typed & kept');
    const missing = await ask(KEYS, form);
    expect(missing).toMatchObject({ status: 422, roundTrips: 2 });
    expect(missing.text).toContain('Enter your password.');
    expect(valueOf(missing.text, 'name')).toBe('Typed &amp; kept');
    expect(valueOf(missing.text, 'id')).toBe(form.id);
    expect(missing.text).toMatch(/value="orders:read" checked/);
    for (const password of ['wrong', 'x'.repeat(5000)]) {
      const wrong = await ask(KEYS, { ...form, password });
      expect(wrong).toMatchObject({ status: 422, roundTrips: 2 });
      expect(wrong.text).toContain('This is not your password.');
      expect(wrong.text).not.toContain(password);
      expect(wrong.text).toMatch(/id="password"[^>]*autofocus/);
    }
    expect((await ask(KEYS)).text).toContain('No API keys yet');

    const made = await ask(KEYS, { ...form, password: PASSWORD });
    expect(made).toMatchObject({ status: 200, roundTrips: 2 });
    expect(made.text).toMatch(/dk_[\w-]{43}/);
    expect(made.text).not.toContain(PASSWORD);
  });

  it('is good for the next acts of that session, and of no other', async () => {
    const company = await freshCompany({ passwordHash });
    const ask = await browserOf(company, 'OWNER');
    await ask(KEYS, { ...key(), password: PASSWORD });
    for (const path of [KEYS, PROFILE]) expect((await ask(path)).text).not.toMatch(FIELD);
    expect((await ask(KEYS, key())).text).toContain('Copy the key now');
    // What a form shown before still sends is not looked at.
    expect((await ask(KEYS, { ...key(), password: 'wrong' })).status).toBe(200);
    const email = someEmail();
    expect(await ask(EMAIL, { email })).toMatchObject({ status: 303, roundTrips: 3 });
    expect((await mailTo(email)).template).toBe('confirm_new_email');
    const other = await browserOf(company, 'ADMIN');
    expect((await other(PROFILE)).text).toMatch(FIELD);
    expect((await other(KEYS, key())).status).toBe(422);
  });

  it('is asked for before the email changes', async () => {
    const ask = await browserOf(await freshCompany({ passwordHash }), 'MEMBER');
    expect((await ask(PROFILE)).text).toMatch(FIELD);
    const email = someEmail();
    const unsound = await ask(EMAIL, { email: 'nonsense', password: PASSWORD });
    expect(unsound).toMatchObject({ status: 422, roundTrips: 1 });
    for (const password of ['', 'wrong']) {
      const refused = await ask(EMAIL, { email, password });
      expect(refused).toMatchObject({ status: 422, roundTrips: 1 });
      expect(valueOf(refused.text, 'email')).toBe(email);
    }
    expect((await mailTo(email)).all).toEqual([]);
    expect(await ask(EMAIL, { email, password: PASSWORD })).toMatchObject({
      status: 303,
      roundTrips: 3,
    });
    expect((await mailTo(email)).template).toBe('confirm_new_email');
  });

  it('is throttled, with the guesses at every form that asks for it', async () => {
    const company = await freshCompany({ passwordHash });
    const post = async (path: string, fields: Record<string, string>) =>
      server.fetch(path, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          Cookie: await staffCookie(company, 'OWNER'),
          'Sec-Fetch-Site': 'same-origin',
          'Content-Type': 'application/x-www-form-urlencoded',
          'CF-Connecting-IP': '198.51.100.77',
        },
        body: new URLSearchParams(fields).toString(),
      });
    const [newPassword, repeated] = ['brand new one', 'brand new one'];
    const guess = 'guess';
    const change = { currentPassword: guess, newPassword, repeated };
    const guesses = [
      await post(KEYS, { ...key(), password: guess }),
      await post(EMAIL, { email: someEmail(), password: guess }),
      await post('/dashboard/settings/password', change),
      await post(KEYS, { ...key(), password: guess }),
      await post(EMAIL, { email: someEmail(), password: guess }),
    ];
    expect(guesses.map(({ status }) => status)).toEqual(Array(5).fill(422));
    for (const locked of [
      await post(KEYS, { ...key(), password: PASSWORD }),
      await post(EMAIL, { email: someEmail(), password: PASSWORD }),
    ]) {
      expect(locked.status).toBe(429);
      expect(Number(locked.headers.get('Retry-After'))).toBeGreaterThan(0);
      expect(await locked.text()).toContain('Too many attempts. Please wait');
    }
  });
});

/** Filled with active keys, as far as a company may. */
async function full(company: CompanyFixture): Promise<void> {
  const ask = await browserOf(company, 'OWNER');
  for (let count = 0; count < 25; count += 1) {
    const made = await ask(KEYS, { ...key(), password: PASSWORD });
    expect(made.status).toBe(200);
  }
}

it('says that a company has as many API keys as it can have, and takes no more', async () => {
  const company = await freshCompany({ passwordHash });
  await full(company);
  const ask = await browserOf(company, 'OWNER');
  const page = await ask(KEYS);
  expect(page).toMatchObject({ status: 200, roundTrips: 1 });
  expect(page.text).toContain('A company can have 25 active API keys, and this one has 25.');
  expect(page.text).not.toContain('Create key');
  const refused = await ask(KEYS, { ...key(), password: PASSWORD });
  expect(refused).toMatchObject({ status: 422, roundTrips: 2 });
  expect(refused.text).toContain('No more keys can be created');
});
