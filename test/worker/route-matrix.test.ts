import { beforeAll, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { saveAddress } from '#src/addresses/save-address.ts';
import { inviteContact } from '#src/contacts/invite-contact.ts';
import { setUpPassword } from '#src/contacts/set-up-password.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { type Id, newId } from '#db/ids.ts';
import type { ContactRole, Role } from '#src/permissions.ts';
import { getAccountPage } from '#src/storefront/account-page.ts';
import { everythingOf } from '../company-rows.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { type Ids, MATRIX_PASSWORD } from '../route-bodies.ts';
import { placedOrder, silentWebhook } from '../route-rows.ts';
import {
  ask,
  carriedBody,
  declaredRoutes,
  isAtStore,
  isGuarded,
  isRead,
  kindOf,
  parametersOf,
  type Route,
} from '../routes.ts';
import { apiKeyFor, customerCookie, server, staffCookie } from '../server.ts';
import { uploadCustomers, uploadProducts } from '../uploads.ts';
import { at, mailTo, PASSWORD, registered, signedIn, typed } from '../storefront.ts';

/**
 * Every declared route × everybody who might ask × ids of every kind. A new route is covered because it is declared;
 * one with a parameter the test does not know fails it.
 */

/** The company everybody is after. All its text carries the mark, so that a leak shows. */
const MARK = `mark${newId('session').slice(-12)}`;
let victim: CompanyFixture;
let stranger: CompanyFixture;
let routes: Route[];
let ids: Record<string, { own: string; random: string }>;
let victimCustomer: Id<'customer'>;
/** Of a contact of the victim's customer who may only look. */
let viewer: Id<'session'>;

beforeAll(async () => {
  const passwordHash = await argon2Hasher.hash(MATRIX_PASSWORD);
  [victim, stranger] = await Promise.all([
    freshCompany({ name: `Victim ${MARK}`, slug: MARK, passwordHash }),
    freshCompany({ passwordHash }),
  ]);
  const customer = await createCustomer(as(victim, 'OWNER'), {
    email: `${MARK}@example.com`,
    name: MARK,
    notes: MARK,
  });
  victimCustomer = customer.id;
  const { id: apiKey } = await apiKeyFor(victim);
  viewer = await joined('VIEWER');
  const admin = signedIn(victim, await joined('ADMIN'));
  await saveAddress(admin, null, { label: MARK, line1: MARK, city: MARK });
  const { addresses, contacts } = await getAccountPage(admin);
  const hook = await silentWebhook(victim, MARK);
  ids = {
    // Always the victim's: whether there are other stores is another test.
    store: { own: victim.slug, random: victim.slug },
    contact: { own: contacts?.[0]?.id ?? '', random: newId('contact') },
    address: { own: addresses[0]?.id ?? '', random: newId('address') },
    customer: { own: customer.id, random: newId('customer') },
    session: { own: newId('session'), random: newId('session') },
    apiKey: { own: apiKey, random: newId('apiKey') },
    order: { own: await placedOrder(victim, victimCustomer, MARK), random: newId('order') },
    // Not at the store, where its name is no secret.
    product: {
      own: (await productsFor(victim, [{ name: MARK, active: false }]))[0] ?? '',
      random: newId('product'),
    },
    webhook: { own: hook.webhook, random: newId('webhook') },
    delivery: { own: hook.delivery, random: newId('delivery') },
    import: { own: await uploadCustomers(victim, MARK), random: newId('import') },
    productImport: { own: await uploadProducts(victim, MARK), random: newId('import') },
  };
  routes = await declaredRoutes();
});

it('knows every route', () => {
  expect(routes.length).toBeGreaterThan(20);
  for (const { path } of routes.filter((route) => isGuarded(route.path))) {
    for (const parameter of parametersOf(path)) {
      const kind = kindOf(path, parameter);
      expect(kind, `Say in PARAMETERS what ${parameter} of ${path} is.`).toBeDefined();
    }
  }
});

it('leaks nothing to anybody, and lets nobody else change anything', async () => {
  const before = await everythingOf(victim);
  const [revoked, strange, strangeCustomer] = await Promise.all([
    apiKeyFor(stranger, ['customers:read', 'customers:write'], { revokedAt: new Date() }),
    apiKeyFor(stranger),
    registered(stranger),
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
    'a customer of another store': async () => ({
      Cookie: await customerCookie(strangeCustomer.session),
    }),
    'a customer whose session was ended': async () => ({
      Cookie: await customerCookie(newId('session')),
    }),
    // At the store itself they are no strangers: see below.
    'a customer of the company': async () => ({ Cookie: await customerCookie(viewer) }),
  };
  let cells = 0;
  const leaks: string[] = [];
  for (const route of routes.filter(({ path }) => isGuarded(path))) {
    for (const [asker, headersOf] of Object.entries(askers)) {
      if (asker === 'a customer of the company' && isAtStore(route.path)) continue;
      const headers = await headersOf();
      for (const which of ['own', 'random'] as const) {
        const { status, text } = await ask(route, idsOf(which), headers);
        cells += 1;
        const refused =
          !route.path.includes(':') ||
          status === 303 ||
          status >= 400 ||
          route.method === 'OPTIONS';
        if (
          withoutStore(text).includes(MARK) ||
          !refused ||
          !isRead(route, status) ||
          status >= 500
        )
          leaks.push(`${asker}: ${route.method} ${route.path} ${which} → ${status}`);
        if (!route.path.includes(':')) break;
      }
    }
  }
  const after = await everythingOf(victim);
  console.log(`Isolation: ${cells} cells over ${routes.length} routes, ${leaks.length} leaks`);
  expect(leaks).toEqual([]);
  expect(after).toEqual(before);
  // Thousands of requests, one after the other.
}, 600_000);

it("keeps a customer's data from the store's other customers, and changes from its viewers", async () => {
  const { session } = await registered(victim);
  const before = await everythingOf(victim, victimCustomer);
  const leaks: string[] = [];
  for (const route of routes.filter(({ path }) => isGuarded(path) && isAtStore(path))) {
    for (const which of ['own', 'random'] as const) {
      const other = await ask(route, idsOf(which), { Cookie: await customerCookie(session) });
      const isOthers = /:(contact|address)|\/orders\/:id/.test(route.path);
      const text = withoutStore(other.text);
      if (text.includes(MARK) || (isOthers && other.status !== 404) || other.status >= 500)
        leaks.push(`other customer: ${route.method} ${route.path} ${which} → ${other.status}`);
      if (!/\/(addresses|contacts)/.test(route.path)) continue;
      const { status } = await ask(route, idsOf(which), {
        Cookie: await customerCookie(viewer),
      });
      const mayLook = route.path.endsWith('/addresses') ? 200 : 303;
      if (status !== (route.method === 'GET' ? mayLook : 403))
        leaks.push(`viewer: ${route.method} ${route.path} ${which} → ${status}`);
    }
  }
  expect(leaks).toEqual([]);
  expect(await everythingOf(victim, victimCustomer)).toEqual(before);
});

it('refuses members what is for managers', async () => {
  const member = { Cookie: await staffCookie(victim, 'MEMBER') };
  const managers = routes.filter(({ path }) =>
    /^\/dashboard\/settings\/(company|api-keys|webhooks|audit)/.test(path),
  );
  expect(managers.length).toBeGreaterThan(3);
  for (const route of managers) {
    const { status } = await ask(route, idsOf('own'), member);
    expect(status, `${route.method} ${route.path}`).toBe(route.method === 'GET' ? 303 : 403);
  }
});

it('leaves nothing of the dashboard and the stores in a cache, whatever the answer', async () => {
  const pages = routes.filter(({ path }) => path.startsWith('/dashboard') || isAtStore(path));
  const askers = [
    { Cookie: await staffCookie(stranger, 'OWNER') },
    { Cookie: await customerCookie(viewer) },
    {},
  ];
  const kept: string[] = [];
  for (const route of [
    ...pages.filter(({ path }) => !path.endsWith('/logout')),
    { method: 'GET', path: '/dashboard/nothing' },
    { method: 'GET', path: '/store/:slug/nothing' },
    { method: 'GET', path: '/store/nobody-has-this' },
  ]) {
    for (const headers of askers) {
      for (const fromHere of [true, false]) {
        const { status, cacheControl } = await ask(route, idsOf('own'), headers, fromHere);
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
      const { status } = await ask(route, idsOf('own'), { Cookie: cookie, ...site }, false);
      expect(status, `${route.path} ${JSON.stringify(site)}`).toBe(403);
    }
  }
  expect(await everythingOf(victim)).toEqual(before);
});

it('writes nothing for a form that the log-in has carried, whichever it is', async () => {
  const { session } = await registered(victim);
  const forms = routes.filter(
    ({ method, path }) => method === 'POST' && !path.startsWith('/api/') && isGuarded(path),
  );
  expect(forms.length).toBeGreaterThan(40);
  const before = await everythingOf(victim);
  const faults: string[] = [];
  for (const route of forms) {
    const cookie = isAtStore(route.path)
      ? await customerCookie(session)
      : await staffCookie(victim, 'OWNER');
    const body = carriedBody(route, idsOf('own'));
    const { status } = await ask(route, idsOf('own'), { Cookie: cookie }, true, body);
    if (![200, 303, 409, 422].includes(status)) faults.push(`${route.path} → ${status}`);
  }
  expect(faults).toEqual([]);
  expect(await everythingOf(victim)).toEqual(before);
});

/** The store's own name and address are no secret: its log-in says them. */
function withoutStore(text: string): string {
  return text.replaceAll(`Victim ${MARK}`, '').replaceAll(`/store/${MARK}`, '');
}

function idsOf(which: 'own' | 'random'): Ids {
  return Object.fromEntries(Object.entries(ids).map(([kind, id]) => [kind, id[which]]));
}

/** The session of a new contact of the victim's customer. */
async function joined(role: ContactRole): Promise<Id<'session'>> {
  const email = `${role.toLowerCase()}-${MARK}@example.com`;
  await inviteContact(as(victim, 'OWNER'), victimCustomer, { email, name: MARK, role });
  const { token } = await mailTo(email);
  const session = await setUpPassword(at(victim), argon2Hasher, token, typed(PASSWORD), 'Test');
  if (!session) throw new Error('Not joined.');
  return session;
}

/** A cookie with a good signature whose session is gone. */
async function endedCookie(): Promise<string> {
  const company = await freshCompany();
  const cookie = await staffCookie(company, 'OWNER');
  const headers = { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' };
  await server.fetch('/logout', { method: 'POST', redirect: 'manual', headers });
  return cookie;
}
