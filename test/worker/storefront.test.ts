import { expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { freshCompany } from '../context.ts';
import { browserOf, browserWith } from '../staff.ts';

const visitor = browserWith('');

it('a former slug leads to the present one until somebody takes it', async () => {
  const company = await freshCompany({ name: 'Moved Foods' });
  const other = await freshCompany({ name: 'Newcomer Foods' });
  const slug = `moved-${newId('company').slice(-8)}`;
  const settings = { registrationOpen: 'on', version: '1' };
  const save = await (
    await browserOf(company, 'ADMIN')
  )('/dashboard/settings/storefront', { ...settings, slug });
  expect(save.status).toBe(303);

  const moved = await visitor(`/store/${company.slug}/orders?page=2`);
  expect(moved).toMatchObject({
    status: 302,
    location: `/store/${slug}/orders?page=2`,
    roundTrips: 1,
  });
  // An address may be written with more percent signs than it needs, and what follows may need them.
  const encoded = `%${company.slug.charCodeAt(0).toString(16)}${company.slug.slice(1)}`;
  expect(await visitor(`/store/${encoded}/caf%C3%A9%2Fbar/?q=%20`)).toMatchObject({
    status: 302,
    location: `/store/${slug}/caf%C3%A9%2Fbar/?q=%20`,
  });
  expect((await visitor(`/store/${encoded}`)).location).toBe(`/store/${slug}`);
  expect(await visitor(`/store/${slug}`)).toMatchObject({
    status: 302,
    location: `/store/${slug}/login`,
    roundTrips: 1,
  });
  const door = await visitor(`/store/${slug}/login`);
  expect(door).toMatchObject({ status: 200, roundTrips: 1 });
  expect(door.text).toContain('Moved Foods');

  const taken = { ...settings, slug: company.slug };
  expect(
    (await (await browserOf(other, 'OWNER'))('/dashboard/settings/storefront', taken)).status,
  ).toBe(303);
  expect((await visitor(`/store/${company.slug}/login`)).text).toContain('Newcomer Foods');
});

it('an unknown slug is a plain 404, and slugs are case-sensitive', async () => {
  const { slug } = await freshCompany();
  for (const path of [
    '/store/nobody-has-this',
    `/store/${slug.toUpperCase()}`,
    '/store/%00',
    '/store/..%2f',
    `/store/${slug}/nothing`,
    '/store/nobody-has-this/login',
    '/store/nobody-has-this/catalog',
    '/store/nobody-has-this/account/contacts',
    '/store/nobody-has-this/verify-email/x',
    '/store/nobody-has-this/reset/x',
  ]) {
    const { status, text } = await visitor(path);
    expect(status, path).toBe(404);
    expect(text).toContain('There is no page at this address.');
  }
  for (const [page, fields] of Object.entries({
    login: { email: 'a@b.co', password: 'correct horse' },
    register: { name: 'Blue Plate', email: 'a@b.co', password: 'correct horse' },
    reset: { email: 'a@b.co' },
    'setup-password': { email: 'a@b.co' },
    'reset/x': { newPassword: 'correct horse', repeated: 'correct horse' },
    logout: {},
    'account/password': {},
  })) {
    const { status, text } = await visitor(`/store/nobody-has-this/${page}`, fields);
    expect(status, page).toBe(404);
    expect(text).toContain('There is no page at this address.');
  }
});

it('a slug that no company can have is not looked up', async () => {
  for (const slug of ['UPPER', 'a', 'a--b', 'ä'.repeat(3), 'x'.repeat(51), '%00', 'a%2fb']) {
    const answer = await visitor(`/store/${slug}/login`);
    expect(answer, slug).toMatchObject({ status: 404, roundTrips: 0 });
  }
});
