import { expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { saveAddress } from '#src/addresses/save-address.ts';
import { inviteContact } from '#src/contacts/invite-contact.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { getAccountPage } from '#src/storefront/account-page.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { MATRIX_PASSWORD } from '../route-bodies.ts';
import { BUDGETS } from '../route-budgets.ts';
import { placedOrder, silentWebhook } from '../route-rows.ts';
import { ask, declaredRoutes, isAtStore, isGuarded, isRead, type Route } from '../routes.ts';
import { apiKeyFor, customerCookie, staffCookie } from '../server.ts';
import { registered, signedIn } from '../storefront.ts';
import { uploadCustomers, uploadProducts } from '../uploads.ts';

it('asks the database once a request, and takes what the matrix sends', async () => {
  const passwordHash = await argon2Hasher.hash(MATRIX_PASSWORD);
  const company = await freshCompany({ passwordHash });
  const { session } = await registered(company);
  const me = () => signedIn(company, session);
  await saveAddress(me(), null, { label: 'Kitchen', line1: 'Main St 1', city: 'Springfield' });
  const customer = await createCustomer(as(company, 'OWNER'), { email: 'a@example.com' });
  await inviteContact(as(company, 'OWNER'), customer.id, {
    email: 'ann@example.com',
    role: 'BUYER',
  });
  const { addresses } = await getAccountPage(me());
  const { key, id: apiKey } = await apiKeyFor(company);
  const own: Record<string, string> = {
    customer: customer.id,
    ...(await silentWebhook(company, 'some')),
    apiKey,
    session: newId('session'),
    order: await placedOrder(company, customer.id, 'some'),
    import: await uploadCustomers(company, 'some'),
    productImport: await uploadProducts(company, 'some'),
    product: (await productsFor(company, [{ name: 'Flour', sku: 'F-1' }]))[0] ?? '',
    store: company.slug,
    contact: newId('contact'),
    address: addresses[0]?.id ?? '',
  };
  const staff = await staffCookie(company, 'OWNER');
  const atStore = await customerCookie(session);
  const over: string[] = [];
  const unread: string[] = [];
  // What takes something away comes last: the others would look for it.
  const takes = ({ method, path }: Route) =>
    Number(method === 'DELETE' || /\/(delete|remove|revoke)$/.test(path));
  const routes = await declaredRoutes();
  const asked = routes.filter(({ path }) => !path.endsWith('/logout'));
  for (const route of asked.toSorted((a, b) => takes(a) - takes(b))) {
    const headers = route.path.startsWith('/api/')
      ? { Authorization: `Bearer ${key}` }
      : { Cookie: isAtStore(route.path) ? atStore : staff };
    const { status, roundTrips } = await ask(route, own, headers);
    const budget = BUDGETS[`${route.method} ${route.path}`] ?? 1;
    if (roundTrips > budget || status >= 500)
      over.push(`${route.method} ${route.path} → ${status}, ${roundTrips} round trips`);
    if (isGuarded(route.path) && !isRead(route, status))
      unread.push(`Say in test/route-bodies.ts what ${route.method} ${route.path} takes.`);
  }
  expect(over).toEqual([]);
  expect(unread).toEqual([]);
});
