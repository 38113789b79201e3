import pg from 'pg';
import { beforeAll, expect, inject, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { newId } from '#db/ids.ts';
import type { Role } from '#src/permissions.ts';
import { as, freshCompany } from '../context.ts';
import { apiKeyFor, expectErrorLog, server, staffCookie } from '../server.ts';

/**
 * Every declared route × everybody who might ask × ids of every kind. A new route is covered because it is declared;
 * one with a parameter the test does not know fails it.
 */
type Route = { method: string; path: string };

/** The company everybody is after. All its text carries the mark, so that a leak shows. */
const MARK = `mark${newId('session').slice(-12)}`;
let victim: CompanyFixture;
let stranger: CompanyFixture;
let routes: Route[];
let ids: Record<string, { own: string; random: string }>;

/** Which parameter is an id of what. */
const PARAMETERS: [RegExp, string][] = [
  [/\/customers\/import\/:id/, 'import'],
  [/\/customers\/:id/, 'customer'],
  [/\/settings\/sessions\/:id/, 'session'],
  [/\/settings\/api-keys\/:id/, 'apiKey'],
];

/** Exceptions to one round trip, each at most three ("One database round trip per request"). */
const BUDGETS: Record<string, number> = {
  'POST /login': 3,
  'POST /signup': 3,
  'POST /forgot-password': 3,
  'POST /reset-password/:token': 3,
  'POST /confirm-email/:token': 3,
  'POST /dashboard/settings/password': 3,
  // Who asks is known before their mails are counted, and the link that is mailed carries the account's version.
  'POST /dashboard/settings/profile/email': 3,
  'POST /dashboard/settings/profile/verify': 3,
  // Upload with preview.
  'POST /dashboard/customers/import': 3,
  'GET /dashboard/customers/import/:id': 3,
  'GET /dashboard/customers/import/:id/issues.csv': 3,
};

/** Something plausible for whatever a route takes. */
const FORM = new URLSearchParams({
  name: 'Changed by a stranger',
  companyName: 'Changed',
  slug: 'changed-by-a-stranger',
  status: 'BLOCKED',
  notes: 'Changed',
  creditLimit: '1',
  version: '1',
  scopes: 'customers:read',
  timeZone: 'UTC',
  currency: 'USD',
  email: 'nobody@example.com',
}).toString();
const JSON_BODY = JSON.stringify({ email: `${newId('customer')}@example.com`, notes: 'Changed' });

beforeAll(async () => {
  [victim, stranger] = await Promise.all([
    freshCompany({ name: `Victim ${MARK}`, slug: MARK }),
    freshCompany(),
  ]);
  const customer = await createCustomer(as(victim, 'OWNER'), {
    email: `${MARK}@example.com`,
    name: MARK,
    notes: MARK,
  });
  const { id: apiKey } = await apiKeyFor(victim);
  ids = {
    customer: { own: customer.id, random: newId('customer') },
    session: { own: newId('session'), random: newId('session') },
    apiKey: { own: apiKey, random: newId('apiKey') },
    import: { own: await upload(victim), random: newId('import') },
  };
  const response = await server.fetch('/dev/routes.json');
  const { data } = (await response.json()) as { data: Route[] };
  const declared = new Map(
    data
      .filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
      .map((route) => [`${route.method} ${route.path}`, route]),
  );
  routes = [...declared.values()];
});

it('knows every route', () => {
  expect(routes.length).toBeGreaterThan(20);
  for (const { path } of routes.filter(
    (route) => isGuarded(route.path) && route.path.includes(':'),
  )) {
    expect(kindOf(path), `Say in PARAMETERS what the parameter of ${path} is.`).toBeDefined();
  }
});

it('leaks nothing to anybody, and lets nobody else change anything', async () => {
  const before = await everythingOf(victim);
  const [revoked, strange] = await Promise.all([
    apiKeyFor(stranger, ['customers:read', 'customers:write'], { revokedAt: new Date() }),
    apiKeyFor(stranger),
  ]);
  const staff = async (role: Role) => ({ Cookie: await staffCookie(stranger, role) });
  const askers: Record<string, () => Promise<Record<string, string>>> = {
    nobody: () => Promise.resolve({}),
    'a forged session': () => Promise.resolve({ Cookie: 'staff_session=eyJhbGciOiJub25lIn0.e30.' }),
    'a session that was ended': async () => ({ Cookie: await endedCookie() }),
    'another company': () => staff('OWNER'),
    "another company's member": () => staff('MEMBER'),
    'a key of another company': () => Promise.resolve({ Authorization: `Bearer ${strange.key}` }),
    'a revoked key': () => Promise.resolve({ Authorization: `Bearer ${revoked.key}` }),
    'a customer of the store': () => Promise.resolve({ Cookie: 'customer_session=whatever' }),
  };
  let cells = 0;
  const leaks: string[] = [];
  for (const route of routes.filter(({ path }) => isGuarded(path))) {
    for (const [asker, headersOf] of Object.entries(askers)) {
      const headers = await headersOf();
      for (const which of ['own', 'random'] as const) {
        const { status, text } = await ask(route, pathOf(route.path, which), headers);
        cells += 1;
        const refused =
          !route.path.includes(':') ||
          status === 303 ||
          status >= 400 ||
          route.method === 'OPTIONS';
        if (text.includes(MARK) || !refused || status >= 500)
          leaks.push(`${asker}: ${route.method} ${route.path} ${which} → ${status}`);
        if (!route.path.includes(':')) break;
      }
    }
  }
  const after = await everythingOf(victim);
  console.log(`Isolation: ${cells} cells over ${routes.length} routes, ${leaks.length} leaks`);
  expect(leaks).toEqual([]);
  expect(after).toEqual(before);
});

it('asks the database once a request', async () => {
  const company = await freshCompany();
  const customer = await createCustomer(as(company, 'OWNER'), { email: 'a@example.com' });
  const { key, id: apiKey } = await apiKeyFor(company);
  const own: Record<string, string> = {
    customer: customer.id,
    apiKey,
    session: newId('session'),
    import: await upload(company),
  };
  const cookie = await staffCookie(company, 'OWNER');
  const over: string[] = [];
  for (const route of routes.filter(({ path }) => path !== '/logout')) {
    const headers = route.path.startsWith('/api/')
      ? { Authorization: `Bearer ${key}` }
      : { Cookie: cookie };
    const path = route.path
      .replace(':id', own[kindOf(route.path) ?? ''] ?? '')
      .replace(':token', 'x');
    const { status, roundTrips } = await ask(route, path, headers);
    const budget = BUDGETS[`${route.method} ${route.path}`] ?? 1;
    if (roundTrips > budget || status >= 500)
      over.push(`${route.method} ${route.path} → ${status}, ${roundTrips} round trips`);
  }
  expect(over).toEqual([]);
});

it('refuses members what is for managers', async () => {
  const member = { Cookie: await staffCookie(victim, 'MEMBER') };
  const managers = routes.filter(({ path }) =>
    /^\/dashboard\/settings\/(company|api-keys|audit)/.test(path),
  );
  expect(managers.length).toBeGreaterThan(3);
  for (const route of managers) {
    const { status } = await ask(route, pathOf(route.path, 'own'), member);
    expect(status, `${route.method} ${route.path}`).toBe(route.method === 'GET' ? 303 : 403);
  }
});

it('leaves nothing of the dashboard in a cache, whatever the answer', async () => {
  const pages = routes.filter(({ path }) => path.startsWith('/dashboard'));
  const askers = [{ Cookie: await staffCookie(stranger, 'OWNER') }, {}];
  const kept: string[] = [];
  for (const route of [...pages, { method: 'GET', path: '/dashboard/nothing' }]) {
    for (const headers of askers) {
      for (const fromHere of [true, false]) {
        const { status, cacheControl } = await ask(
          route,
          pathOf(route.path, 'own'),
          headers,
          fromHere,
        );
        if (cacheControl !== 'private, no-store')
          kept.push(`${route.method} ${route.path} → ${status}, ${cacheControl}`);
      }
    }
  }
  expect(kept).toEqual([]);
});

it('refuses unsafe requests from other sites, whatever their content type', async () => {
  const cookie = await staffCookie(victim, 'OWNER');
  const before = await everythingOf(victim);
  const sites: Record<string, string>[] = [
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    {},
  ];
  const unsafe = routes.filter(
    ({ method, path }) => method === 'POST' && !path.startsWith('/api/'),
  );
  for (const route of unsafe) {
    for (const site of sites) {
      const { status } = await ask(
        route,
        pathOf(route.path, 'own'),
        { Cookie: cookie, ...site },
        false,
      );
      expect(status, `${route.path} ${JSON.stringify(site)}`).toBe(403);
    }
  }
  expect(await everythingOf(victim)).toEqual(before);
});

const isGuarded = (path: string) =>
  path.startsWith('/dashboard') || path.startsWith('/api/v1/customers');
const kindOf = (path: string) => PARAMETERS.find(([pattern]) => pattern.test(path))?.[1];

function pathOf(path: string, which: 'own' | 'random'): string {
  return path.replace(':id', ids[kindOf(path) ?? '']?.[which] ?? 'x').replace(':token', 'x');
}

const RUN = newId('session').slice(-8);
let requests = 0;

async function ask(
  { method }: Route,
  path: string,
  headers: Record<string, string>,
  sameOrigin = true,
) {
  requests += 1;
  const requestId = `matrix-${RUN}-${requests}`;
  const isApi = path.startsWith('/api/');
  const unsafe = method === 'POST' || method === 'PATCH';
  if (path.startsWith('/dashboard/customers/import') && unsafe) expectErrorLog(/message failed/);
  const response = await server.fetch(path, {
    method,
    redirect: 'manual',
    headers: {
      'X-Request-Id': requestId,
      'CF-Connecting-IP': `203.0.${requests % 250}.${Math.floor(requests / 250)}`,
      ...(unsafe && {
        'Content-Type': isApi ? 'application/json' : 'application/x-www-form-urlencoded',
      }),
      ...(sameOrigin && { 'Sec-Fetch-Site': 'same-origin' }),
      ...headers,
    },
    ...(unsafe && { body: isApi ? JSON_BODY : FORM }),
  });
  const text = await response.text();
  const stats = await fetch(`${inject('endpointUrl')}/stats/${requestId}`);
  const { roundTrips } = (await stats.json()) as { roundTrips: number };
  const cacheControl = response.headers.get('Cache-Control');
  return { status: response.status, text, roundTrips, cacheControl };
}

/** A staged import of this company. */
async function upload(company: CompanyFixture): Promise<string> {
  const form = new FormData();
  form.set('file', new File([`email,notes\n${MARK}-new@example.com,${MARK}\n`], `${MARK}.csv`));
  const encoded = new Response(form);
  const response = await server.fetch('/dashboard/customers/import', {
    method: 'POST',
    redirect: 'manual',
    headers: {
      Cookie: await staffCookie(company, 'OWNER'),
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': encoded.headers.get('Content-Type') ?? '',
    },
    body: await encoded.arrayBuffer(),
  });
  return response.headers.get('location')?.split('/').at(-1) ?? '';
}

/** A cookie with a good signature whose session is gone. */
async function endedCookie(): Promise<string> {
  const company = await freshCompany();
  const cookie = await staffCookie(company, 'OWNER');
  const headers = { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' };
  await server.fetch('/logout', { method: 'POST', redirect: 'manual', headers });
  return cookie;
}

/** All rows of the company in every table, as the owner of the database sees them. */
async function everythingOf({ id }: CompanyFixture): Promise<Record<string, unknown[]>> {
  const client = new pg.Client({ connectionString: inject('ownerUrl') });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select table_name as name from information_schema.columns
       where table_schema = 'public' and column_name = 'company_id' order by table_name`,
    );
    const rows: Record<string, unknown[]> = {};
    for (const { name } of tables.rows) {
      const result = await client.query(
        `select to_jsonb(t) as row from ${name} t where company_id = $1 order by 1`,
        [id],
      );
      rows[name] = result.rows;
    }
    return rows;
  } finally {
    await client.end();
  }
}
