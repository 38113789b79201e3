import { expect, it } from 'vitest';
import { freshCompany } from '../context.ts';
import { server } from '../server.ts';

it('keeps every page that takes a password or has a token in its address out of caches', async () => {
  const { slug } = await freshCompany();
  const atStore = ['login', 'register', 'reset', 'reset/x', 'setup-password', 'setup-password/x'];
  const paths = [
    '/login',
    '/signup',
    '/forgot-password',
    '/reset-password/x',
    '/verify-email/x',
    '/confirm-email/x',
    ...[...atStore, 'verify-email/x'].map((path) => `/store/${slug}/${path}`),
  ];
  for (const path of paths) {
    const answer = await server.fetch(path, { redirect: 'manual' });
    expect([path, answer.headers.get('Cache-Control')]).toEqual([path, 'private, no-store']);
    const posted = await server.fetch(path, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Sec-Fetch-Site': 'same-origin' },
    });
    expect([path, posted.headers.get('Cache-Control')]).toEqual([path, 'private, no-store']);
  }
});
