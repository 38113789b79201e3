import { beforeAll, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { freshCompany } from '../context.ts';
import { server, staffCookie } from '../server.ts';
import { confirmSessions } from '../staff.ts';

const PASSWORD = 'the right password';
let company: CompanyFixture;

beforeAll(async () => {
  company = await freshCompany({ passwordHash: await argon2Hasher.hash(PASSWORD) });
});

function post(path: string, fields: Record<string, string>, address: string, cookie = '') {
  return server.fetch(path, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      Cookie: cookie,
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': 'application/x-www-form-urlencoded',
      'CF-Connecting-IP': address,
    },
    body: new URLSearchParams(fields).toString(),
  });
}

function tryPassword(password: string, address: string, email = company.staff[0]?.email ?? '') {
  return post('/login', { email, password }, address);
}

it('lets five of thirty parallel guesses through, also from an object that has lost its memory', async () => {
  const guesses = await Promise.all(
    Array.from({ length: 30 }, () => tryPassword('guess', '198.51.100.1')),
  );
  expect(guesses.filter(({ status }) => status === 422)).toHaveLength(5);
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(25);
  const worker = server.getWorker();
  const name = JSON.stringify(['staff', company.staff[0]?.email, '198.51.100.1']);
  await worker.evictDurableObject('LOGIN_THROTTLE', { name });
  const locked = await tryPassword(PASSWORD, '198.51.100.1');
  expect(locked.status).toBe(429);
  expect(Number(locked.headers.get('Retry-After'))).toBeGreaterThan(0);
  expect(await locked.text()).toContain('Too many attempts. Please wait');
});

it('does not lock the owner out at another address', async () => {
  expect((await tryPassword(PASSWORD, '198.51.100.2')).status).toBe(303);
});

it('starts afresh after the right password', async () => {
  for (let n = 0; n < 8; n += 1) {
    const right = n % 4 === 3;
    const { status } = await tryPassword(right ? PASSWORD : 'guess', '198.51.100.3');
    expect(status).toBe(right ? 303 : 422);
  }
});

it('allows an address fifty failures, whatever the accounts', async () => {
  for (let n = 0; n < 52; n += 1) {
    const answer = await tryPassword('guess', '198.51.100.4', `user${n}@example.com`);
    expect(answer.status, `guess ${n}: ${await answer.text()}`).toBe(n < 50 ? 422 : 429);
  }
});

it('gives an address fifty companies, each of which mails somebody', async () => {
  const signUp = () => {
    const email = `${newId('user').slice(4)}@example.com`;
    const fields = { companyName: 'Many Foods', name: 'Jo Berg', email, password: PASSWORD };
    return post('/signup', fields, '198.51.100.5');
  };
  const answers = await Promise.all(Array.from({ length: 52 }, signUp));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(50);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(2);
  expect(Number(refused[0]?.headers.get('Retry-After'))).toBeGreaterThan(0);
});

it('sends no more than five mails for who is signed in, whichever they ask for', async () => {
  await confirmSessions(company);
  const cookie = await staffCookie(company, 'MEMBER');
  const profile = '/dashboard/settings/profile';
  const email = 'somebody.else@example.com';
  const askFor = (what: 'email' | 'verify', by = cookie) =>
    post(`${profile}/${what}`, what === 'email' ? { email } : {}, '198.51.100.6', by);
  for (const what of ['email', 'verify', 'email', 'verify', 'email'] as const) {
    expect((await askFor(what)).status).toBe(303);
  }
  for (const what of ['email', 'verify'] as const) {
    const refused = await askFor(what);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    const text = await refused.text();
    expect(text).toContain('Too many attempts. Please wait');
    expect(text.includes(`value="${email}"`)).toBe(what === 'email');
  }
  expect((await askFor('verify', await staffCookie(company, 'ADMIN'))).status).toBe(303);
});

it('lets an open browser guess the present password five times, and its owner start afresh', async () => {
  const cookie = await staffCookie(company, 'ADMIN');
  const change = (currentPassword: string, address: string) => {
    const fields = { currentPassword, newPassword: PASSWORD, repeated: PASSWORD };
    return post('/dashboard/settings/password', fields, address, cookie);
  };
  for (let n = 0; n < 8; n += 1) {
    const right = n % 4 === 3;
    const { status } = await change(right ? PASSWORD : 'guess', '198.51.100.7');
    expect(status).toBe(right ? 303 : 422);
  }
  const guesses = await Promise.all(
    Array.from({ length: 10 }, () => change('guess', '198.51.100.8')),
  );
  expect(guesses.filter(({ status }) => status === 422)).toHaveLength(5);
  const locked = await change(PASSWORD, '198.51.100.8');
  expect(locked.status).toBe(429);
  expect(Number(locked.headers.get('Retry-After'))).toBeGreaterThan(0);
  expect(await locked.text()).toContain('Too many attempts. Please wait');
});
