import { expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { freshCompany } from '../context.ts';
import { browserOf, browserWith } from '../staff.ts';

const visitor = browserWith('');

it('a former slug leads to the present one until somebody takes it', async () => {
  const company = await freshCompany({ name: 'Moved Foods' });
  const other = await freshCompany({ name: 'Newcomer Foods' });
  const slug = `moved-${newId('company').slice(-8)}`;
  const settings = { name: 'Moved Foods', timeZone: 'UTC', currency: 'USD', version: '1' };
  const save = await (
    await browserOf(company, 'ADMIN')
  )('/dashboard/settings/company', { ...settings, slug });
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
  const door = await visitor(`/store/${slug}`);
  expect(door).toMatchObject({ status: 200, roundTrips: 1 });
  expect(door.text).toContain('Moved Foods');

  const taken = { ...settings, name: 'Newcomer Foods', slug: company.slug };
  expect(
    (await (await browserOf(other, 'OWNER'))('/dashboard/settings/company', taken)).status,
  ).toBe(303);
  expect((await visitor(`/store/${company.slug}`)).text).toContain('Newcomer Foods');
});

it('an unknown slug is a plain 404, and slugs are case-sensitive', async () => {
  const { slug } = await freshCompany();
  for (const path of [
    '/store/nobody-has-this',
    `/store/${slug.toUpperCase()}`,
    '/store/%00',
    '/store/..%2f',
    `/store/${slug}/nothing`,
  ]) {
    const { status, text } = await visitor(path);
    expect(status, path).toBe(404);
    expect(text).toContain('There is no page at this address.');
  }
});
