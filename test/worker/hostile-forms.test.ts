import { expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { as, freshCompany } from '../context.ts';
import { blns, expectEscaped, inTurn } from '../hostile.ts';
import { productsFor } from '../products.ts';
import { server } from '../server.ts';
import { type Ask, browserOf, browserWith, confirmSessions } from '../staff.ts';

const FIELDS = [
  'companyName',
  'name',
  'email',
  'password',
  'currentPassword',
  'newPassword',
  'repeated',
  'slug',
  'timeZone',
  'currency',
  'version',
  'scopes',
  'expiresOn',
  'id',
  'notes',
  'creditLimit',
  'status',
  'next',
  'sku',
  'category',
  'unit',
  'price',
  'stock',
  'seen',
  'shown',
  'ids',
  'action',
  'value',
];

it('answers nonsense in every field of every form with anything but an accident', async () => {
  const passwordHash = await argon2Hasher.hash('the right password');
  const company = await freshCompany({ passwordHash });
  const { id } = await createCustomer(as(company, 'OWNER'), { email: 'a@example.com' });
  const [product] = await productsFor(company, [{ name: 'Flour' }]);
  const response = await server.fetch('/dev/routes.json');
  const { data } = (await response.json()) as { data: { method: string; path: string }[] };
  const forms = new Set(
    data
      .filter(
        ({ method, path }) => method === 'POST' && !/^\/api\/|^\/logout|end-others/.test(path),
      )
      .map(({ path }) =>
        path
          .replace('/customers/:id', `/customers/${id}`)
          .replace('/inventory/:id/', `/inventory/${product}/`)
          .replace(':id', newId('import'))
          .replace(':token', 'x'),
      ),
  );
  expect(forms.size).toBeGreaterThan(12);
  const ask = await browserOf(company, 'OWNER');
  await inTurn(blns, async (text, n) => {
    // Each string meets one of all forms, and the two that anybody can reach.
    const path = [...forms][n % forms.size] ?? '';
    for (const form of [path, '/signup', '/login']) {
      const answer = await ask(form, Object.fromEntries(FIELDS.map((field) => [field, text])));
      expect(answer.status, `${form} ${text}: ${answer.text}`).toBeLessThan(500);
      expectEscaped(answer.text, text);
    }
  });
}, 240_000);

it('shows whatever is stored as text', async () => {
  const company = await freshCompany({ maxApiKeys: 1000 });
  await confirmSessions(company);
  const ask = await browserOf(company, 'OWNER');
  const stored: Record<string, (ask: Ask, text: string) => Promise<unknown>> = {
    '/dashboard/settings/profile': (post, text) =>
      post('/dashboard/settings/profile', { name: text }),
    '/dashboard/settings/api-keys': (post, text) =>
      post('/dashboard/settings/api-keys', { name: text, scopes: 'customers:read' }),
  };
  await inTurn(blns, async (text, n) => {
    const [page, store] = Object.entries(stored)[n % 2] ?? [];
    if (!page || !store) return;
    await store(ask, text);
    const shown = await ask(page);
    expect(shown.status, text).toBe(200);
    expectEscaped(shown.text, text);
  });
  const log = await ask('/dashboard/settings/audit');
  expect(log.status).toBe(200);
  for (const text of blns) expectEscaped(log.text, text);
});

it('takes any query and any cookie', async () => {
  const company = await freshCompany();
  const ask = await browserOf(company, 'OWNER');
  const stranger = browserWith('staff_session=nonsense; flash=nonsense');
  await inTurn(blns, async (text, n) => {
    const query = new URLSearchParams({
      q: text,
      sort: text,
      status: text,
      after: text,
      before: text,
      entity: text,
      from: text,
      next: text,
    });
    const pages = [
      '/dashboard/customers',
      '/dashboard/customers/export',
      '/dashboard/settings/audit',
      '/dashboard/settings/audit.csv',
      '/dashboard',
    ];
    const page = await ask(`${pages[n % pages.length]}?${query}`);
    expect(page.status, text).toBeLessThan(400);
    expectEscaped(page.text, text);
    const login = await stranger(`/login?${query}`);
    expect(login.status, text).toBe(200);
    expectEscaped(login.text, text);
  });
});
