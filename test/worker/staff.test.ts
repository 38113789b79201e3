import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { memberships } from '#db/schema/index.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { system } from '#src/tenant.ts';
import { context, freshCompany } from '../context.ts';
import { server } from '../server.ts';
import { browserWith } from '../staff.ts';

const PASSWORD = 'correct horse battery';
const stranger = browserWith('');
const someEmail = () => `${newId('user').slice(4)}@staff.test`;

function signUp(fields: Record<string, string> = {}) {
  return stranger('/signup', {
    companyName: 'Käse & Co',
    name: 'Jo Berg',
    email: someEmail(),
    password: PASSWORD,
    ...fields,
  });
}

/** The Cookie header of a browser that keeps what this answer sets. */
function cookieOf({ headers }: { headers: { getSetCookie(): string[] } }): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

it('signs up into a company of one’s own, in at most three round trips', async () => {
  const email = someEmail();
  const answer = await signUp({ email });
  expect(answer).toMatchObject({ status: 303, location: '/dashboard' });
  expect(answer.roundTrips).toBeLessThanOrEqual(3);
  expect(answer.headers.get('set-cookie')).toMatch(/staff_session=.*HttpOnly; SameSite=Lax/);

  const home = await browserWith(cookieOf(answer))('/dashboard');
  expect(home).toMatchObject({ status: 200, roundTrips: 1 });
  for (const text of ['Trial ends in 14 days', '0 of 5 done.', '/store/kase-co']) {
    expect(home.text).toContain(text);
  }
});

it('keeps what was typed where a sign-up cannot be, and says why', async () => {
  const email = someEmail();
  await signUp({ email });
  const taken = await signUp({ email: email.toUpperCase(), companyName: 'Typed & kept' });
  expect(taken.status).toBe(422);
  expect(taken.text).toContain('An account with this email already exists.');
  expect(taken.text).toContain('value="Typed &amp; kept"');
  expect(taken.text).not.toContain(PASSWORD);

  const short = await signUp({ companyName: 'A', password: 'short' });
  expect(short.status).toBe(422);
  expect(short.text).toContain('Company name must be between 2 and 100 characters.');
  expect(short.text).toContain('Password must be between 8 and 100 characters.');
  const unstorable = await signUp({ name: 'Jo\0Berg' });
  expect(unstorable.status).toBe(422);
  expect(unstorable.text).toContain('Text contains characters that cannot be stored.');
});

it('goes after a log-in where one was going, but never elsewhere', async () => {
  const email = someEmail();
  await signUp({ email });
  const goesTo = async (next: string) => {
    const path = `/login?next=${encodeURIComponent(next)}`;
    const { status, location, roundTrips } = await stranger(path, { email, password: PASSWORD });
    expect(status).toBe(303);
    expect(roundTrips).toBeLessThanOrEqual(3);
    return location;
  };
  expect(await goesTo('/dashboard/customers?q=a')).toBe('/dashboard/customers?q=a');
  for (const next of [
    'https://evil.test/dashboard',
    '//evil.test/dashboard',
    String.raw`/\evil.test/dashboard`,
    'javascript:alert(1)',
    '/dashboard/../login',
    '\0',
  ]) {
    expect(await goesTo(next), next).toBe('/dashboard');
  }
});

it('answers a wrong password and an account nobody has alike', async () => {
  const email = someEmail();
  await signUp({ email });
  const wrong = await stranger('/login', { email, password: 'a wrong one' });
  const nobody = await stranger('/login', { email: someEmail(), password: 'a wrong one' });
  for (const { status, text, roundTrips } of [wrong, nobody]) {
    expect(status).toBe(422);
    expect(text).toContain('Invalid email or password.');
    expect(roundTrips).toBe(1);
  }
  const known = await stranger('/forgot-password', { email });
  const unknown = await stranger('/forgot-password', { email: someEmail() });
  expect(unknown.text).toBe(known.text);
  expect(unknown.roundTrips).toBe(known.roundTrips);
});

it('does not sign in who belongs to no company', async () => {
  const company = await freshCompany({ passwordHash: await argon2Hasher.hash(PASSWORD) });
  const ctx = context({ kind: 'nobody' });
  await system(ctx).batch([
    ctx.db.delete(memberships).where(eq(memberships.companyId, company.id)),
  ]);
  const email = company.staff[0]?.email ?? '';
  const answer = await stranger('/login', { email, password: PASSWORD });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('Your account does not belong to a company any more.');
  expect(answer.headers.get('set-cookie')).toBeNull();
});

it('ends the session of who signs out, at once', async () => {
  const cookie = cookieOf(await signUp());
  const browser = browserWith(cookie);
  expect((await browser('/dashboard')).status).toBe(200);
  expect(await browser('/logout', {})).toMatchObject({ status: 303, location: '/login' });
  expect(await browser('/dashboard')).toMatchObject({
    status: 303,
    location: '/login?next=%2Fdashboard',
  });
});

it('takes no form from another site, and no link that is not ours', async () => {
  const headers = { 'Sec-Fetch-Site': 'cross-site' };
  const body = new URLSearchParams({ email: 'a@b.co', password: PASSWORD }).toString();
  for (const path of ['/login', '/logout', '/signup', '/forgot-password']) {
    expect((await server.fetch(path, { method: 'POST', headers, body })).status, path).toBe(403);
  }
  const over = await stranger('/reset-password/nonsense');
  expect(over.status).toBe(410);
  expect(over.text).toContain('href="/forgot-password"');
  for (const path of ['/verify-email/nonsense', '/confirm-email/nonsense']) {
    const { status, text } = await stranger(path, {});
    expect(status).toBe(410);
    expect(text).toContain('<title>This link no longer works');
    expect(text).toContain('href="/dashboard/settings/profile"');
  }
});
