import { Hono } from 'hono';
import { expect, it } from 'vitest';
import type { AppEnv } from './app-env.ts';
import { setFlash, takeFlash } from './flash.ts';

const app = new Hono<AppEnv>();
app.get('/take', (c) => c.json(takeFlash(c) ?? null));
app.post('/set', async (c) => {
  setFlash(c, { tone: 'info', text: await c.req.text() });
  return c.body(null);
});

const take = async (cookie: string) =>
  (await app.request('/take', { headers: { Cookie: `flash=${cookie}` } })).json();

it('is a cookie that no other host can set', async () => {
  const set = await app.request('https://app.test/set', { method: 'POST', body: 'Saved.' });
  const cookie = set.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(
    /^__Host-flash=[^;]+; Max-Age=60; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  const taken = (Cookie: string) => app.request('https://app.test/take', { headers: { Cookie } });
  expect(await (await taken(cookie.replace(/;.*/, ''))).json()).toMatchObject({ text: 'Saved.' });
  expect(await (await taken(cookie.replace(/;.*/, '').replace('__Host-', ''))).json()).toBeNull();
});

async function kept(text: string): Promise<unknown> {
  const response = await app.request('/set', { method: 'POST', body: text });
  const cookie = /^flash=([^;]*)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
  return take(cookie);
}

it('shows what it was set to', async () => {
  expect(await kept('Saved: “é”; 100 %.')).toEqual({ tone: 'info', text: 'Saved: “é”; 100 %.' });
});

it('shows the first 300 characters of a message that is longer', async () => {
  expect(await kept('🐎'.repeat(400))).toEqual({ tone: 'info', text: `${'🐎'.repeat(299)}…` });
});

it.each([
  ['an object that says it is a long list', ['success', { length: 6e8 }]],
  ['a list', ['success', ['a', 'b']]],
  ['a tone that is none', ['success" onload="x', 'text']],
  ['no text', ['success']],
  ['more than a message', ['success', 'text', 'more']],
  ['a text of any length', ['success', 'x'.repeat(601)]],
  ['a number', 7],
])('shows nothing for %s', async (_, value) => {
  expect(await take(encodeURIComponent(JSON.stringify(value)))).toBeNull();
});
