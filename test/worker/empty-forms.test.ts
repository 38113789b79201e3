import { beforeAll, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import type { Ids } from '../route-bodies.ts';
import { placedOrder, silentWebhook } from '../route-rows.ts';
import { ask, declaredRoutes, isAtStore, type Route } from '../routes.ts';
import { customerCookie, staffCookie } from '../server.ts';
import { mailTo, PASSWORD, registered, someEmail } from '../storefront.ts';

/** Every form, made by hand: browsers send all fields, whatever is in them. */
let company: CompanyFixture;
let routes: Route[];
let ids: Ids;
let customer: string;

beforeAll(async () => {
  company = await freshCompany({ passwordHash: await argon2Hasher.hash(PASSWORD) });
  const { email, session } = await registered(company);
  customer = await customerCookie(session, company.id);
  const { id } = await createCustomer(as(company, 'OWNER'), { email: someEmail() });
  const hook = await silentWebhook(company, 'empty');
  const [product = ''] = await productsFor(company, [{ name: 'Flour' }]);
  ids = {
    store: company.slug,
    customer: id,
    product,
    order: await placedOrder(company, id, 'empty'),
    webhook: hook.webhook,
    delivery: hook.delivery,
    contact: newId('contact'),
    address: newId('address'),
    session: newId('session'),
    apiKey: newId('apiKey'),
    import: newId('import'),
    productImport: newId('import'),
    token: (await mailTo(email)).token,
  };
  routes = (await declaredRoutes()).filter(
    ({ method, path }) =>
      method === 'POST' && !path.startsWith('/api/') && !path.endsWith('/logout'),
  );
});

/** What a validator says of itself, and not to people. */
const RAW =
  /Invalid (?:input|option|string)|expected (?:string|number|array|one of)|received undefined|Too (?:small|big)|Unrecognized/;

it.each([
  ['empty', ''],
  ['with every field twice', ''],
  ['with values nobody types', ''],
])('is answered in words when it is sent %s', async (kind) => {
  const NAMES =
    'name companyName email password newPassword repeated currentPassword slug status notes creditLimit taxRate version scopes timeZone currency role active label line1 city isDefault unit quantity price stock seen from to url events ids action trusted list rows order line seenTotal address customerId productId expiresOn sku description category lowStockThreshold paperSize invoiceDetails shipping freeShippingFrom until page back newEmail value';
  const body = {
    empty: '',
    'with every field twice': NAMES.split(' ')
      .map((name) => `${name}=a&${name}=b`)
      .join('&'),
    'with values nobody types': NAMES.split(' ')
      .map((name) => `${name}=%01%F0%9F%92%A3`)
      .join('&'),
  }[kind];
  const owner = await staffCookie(company, 'OWNER');
  const faults: string[] = [];
  for (const route of routes) {
    const Cookie = isAtStore(route.path) ? customer : owner;
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { status, text } = await ask(route, ids, { Cookie }, true, body);
    const raw = RAW.exec(text)?.[0];
    if (raw !== undefined || status >= 500) faults.push(`${route.path}: ${status} ${raw ?? ''}`);
  }
  expect(routes.length).toBeGreaterThan(55);
  expect(faults).toEqual([]);
});
