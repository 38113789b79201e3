import { expect, it } from 'vitest';
import { ownOrigin } from './own-origin.ts';

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
])('says what is wrong with %j', (PUBLIC_URL) => {
  expect(() => ownOrigin({ PUBLIC_URL })).toThrow(/^PUBLIC_URL has to be the address/);
});
