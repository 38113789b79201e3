import { expect, it } from 'vitest';
import { ownOrigin } from './own-origin.ts';
import { healthz } from './site/healthz.ts';

it.each([
  ['https://orders.example.com', 'https://orders.example.com'],
  ['https://orders.example.com/', 'https://orders.example.com'],
  ['http://localhost:8787', 'http://localhost:8787'],
])('takes %s', (PUBLIC_URL, origin) => {
  expect(ownOrigin({ PUBLIC_URL })).toBe(origin);
});

it.each([
  '',
  'orders.example.com',
  'ftp://x.example',
  'https://x.example/shop',
  'https://x.example/?a',
])('says what is wrong with %j, to the operator too', async (PUBLIC_URL) => {
  expect(() => ownOrigin({ PUBLIC_URL })).toThrow(/^PUBLIC_URL has to be the address/);
  const answer = await healthz.request('/healthz', {}, { PUBLIC_URL });
  expect(answer.status).toBe(503);
  expect(await answer.text()).toMatch(/^PUBLIC_URL has to be the address/);
});

it('is healthy where it is known', async () => {
  const answer = await healthz.request('/healthz', {}, { PUBLIC_URL: 'https://x.example' });
  expect([answer.status, await answer.text()]).toEqual([200, 'ok']);
});
