import { beforeAll, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { argon2Hasher } from '#src/lib/password.ts';
import { freshCompany } from '../context.ts';
import { server } from '../server.ts';

const PASSWORD = 'the right password';
let company: CompanyFixture;

beforeAll(async () => {
  company = await freshCompany({ passwordHash: await argon2Hasher.hash(PASSWORD) });
});

function tryPassword(password: string, address: string, email = company.staff[0]?.email ?? '') {
  return server.fetch('/login', {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': 'application/x-www-form-urlencoded',
      'CF-Connecting-IP': address,
    },
    body: new URLSearchParams({ email, password }).toString(),
  });
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
  expect(Number(locked.headers.get('Retry-After'))).toBeGreaterThan(30);
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
  const statuses: number[] = [];
  for (let n = 0; n < 52; n += 1) {
    statuses.push((await tryPassword('guess', '198.51.100.4', `user${n}@example.com`)).status);
  }
  expect(statuses.slice(0, 50)).toEqual(Array(50).fill(422));
  expect(statuses.slice(50)).toEqual([429, 429]);
});
