import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import type { AppEnv } from './app-env.ts';
import { sessionCookie } from './session-cookie.ts';

const ENV = {
  PUBLIC_URL: 'https://orders.example.com',
  SESSION_KEYS: `k1:${'A'.repeat(43)}`,
  DATABASE_URL: 'postgres://app@db.example.com/distribu',
  MAIL_PROVIDER: 'outbox',
  DNS_URL: 'https://dns.example.com/dns-query',
};
const SESSION = { sessionId: newId('session'), companyId: newId('company') };

const app = new Hono<AppEnv>();
app.post('/staff', async (c) => {
  await sessionCookie.staff.set(c, SESSION);
  return c.body(null);
});
app.post('/customer', async (c) => {
  await sessionCookie.customer.set(c, SESSION, 'acme');
  return c.body(null);
});
app.get('/staff', async (c) => c.json(await sessionCookie.staff.read(c)));
app.post('/clear', (c) => {
  sessionCookie.staff.clear(c);
  return c.body(null);
});

async function cookies(method: string, path: string, Cookie = '', origin = 'https://app.test') {
  const response = await app.request(`${origin}${path}`, { method, headers: { Cookie } }, ENV);
  return response.headers.getSetCookie();
}

async function read(Cookie: string): Promise<unknown> {
  return (await app.request('https://app.test/staff', { headers: { Cookie } }, ENV)).json();
}

const pair = (cookie = '') => cookie.replace(/;.*/, '');

it('names the staff’s cookie so that no other host can set it, over https', async () => {
  const [cookie, ...others] = await cookies('POST', '/staff');
  expect(others).toEqual([]);
  expect(cookie).toMatch(
    /^__Host-staff_session=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect(await read(pair(cookie))).toEqual(SESSION);
  const [local] = await cookies('POST', '/staff', '', 'http://localhost:8787');
  expect(local).toMatch(/^staff_session=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
});

it('keeps the customer’s cookie to its store', async () => {
  const [cookie] = await cookies('POST', '/customer');
  expect(cookie).toMatch(/^customer_session=[^;]+; Max-Age=604800; Path=\/store\/acme; HttpOnly;/);
});

it('reads the name of the release before, and replaces it', async () => {
  const [local] = await cookies('POST', '/staff', '', 'http://localhost:8787');
  const old = pair(local);
  expect(await read(old)).toEqual(SESSION);
  expect(await read(`${old}; __Host-staff_session=nonsense`)).toBeNull();
  const [set, gone] = await cookies('POST', '/staff', old);
  expect(set).toMatch(/^__Host-staff_session=ey/);
  expect(gone).toMatch(/^staff_session=; Max-Age=0; Path=\//);
});

it('takes both names back when somebody signs out', async () => {
  expect((await cookies('POST', '/clear')).map((cookie) => cookie.split('; ').slice(0, 2))).toEqual(
    [
      ['__Host-staff_session=', 'Max-Age=0'],
      ['staff_session=', 'Max-Age=0'],
    ],
  );
});
