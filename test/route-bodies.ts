import { newId } from '#db/ids.ts';
import type { Route } from './routes.ts';
import { receiver } from './server.ts';

/** An id of each kind there is. */
export type Ids = Record<string, string>;

/** Sent to no one: what these events tell of does not exist yet. */
const WEBHOOK = { url: receiver.url('ok/matrix'), events: ['invoice.paid'] };
const PRODUCT = { name: 'Changed', price: 1, stock: 1 };
const email = () => `${newId('customer')}@example.com`;

/** What a write of the API takes, so that its owner would get what is asked for; of the others nothing is read. */
const JSON_BODIES: Record<string, (ids: Ids) => object> = {
  'POST /api/v1/customers': () => ({ email: email() }),
  'POST /api/v1/customers/batch': () => ({ items: [{ email: email() }] }),
  'PATCH /api/v1/customers/:id': () => ({ notes: 'Changed' }),
  'PUT /api/v1/customers/:id/prices/:productId': () => ({ price: 1 }),
  'POST /api/v1/products': () => PRODUCT,
  'POST /api/v1/products/batch': () => ({ items: [{ sku: newId('product'), ...PRODUCT }] }),
  'PATCH /api/v1/products/:id': () => PRODUCT,
  'POST /api/v1/orders': ({ customer, product }) => ({
    customerId: customer,
    items: [{ productId: product, quantity: 1 }],
  }),
  'PATCH /api/v1/orders/:id': () => ({ status: 'SHIPPED' }),
  'POST /api/v1/webhooks': () => WEBHOOK,
  'PATCH /api/v1/webhooks/:id': () => WEBHOOK,
  'POST /api/v1/webhooks/:id/replay': () => ({
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date().toISOString(),
  }),
};

/** Something plausible for whatever a page's form takes. */
const FORM = {
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
  role: 'ADMIN',
  active: 'on',
  label: 'Changed',
  line1: 'Changed',
  city: 'Changed',
  isDefault: 'on',
  unit: 'case',
  quantity: '1',
  price: '1',
  stock: '1',
  seen: '100',
  from: '2026-03-01T12:00',
  to: '2026-03-01T13:00',
  url: WEBHOOK.url,
  events: 'invoice.paid',
};

/** What the people of the matrix have for a password, where it is asked again. */
export const MATRIX_PASSWORD = 'the right password';
const AGAIN = { password: MATRIX_PASSWORD };

/** Where the same names mean something else, or ids are in the form and not in the address. */
const FORMS: Record<string, (ids: Ids) => Record<string, string>> = {
  'POST /dashboard/orders/:id/status': () => ({ status: 'SHIPPED', seen: 'SUBMITTED' }),
  'POST /dashboard/customers/:id/trust': () => ({ trusted: 'yes' }),
  'POST /dashboard/customers/:id/prices/list': () => ({ list: 'F-1, 1' }),
  'POST /dashboard/orders/new': ({ customer = '', product = '' }) => ({
    customerId: customer,
    productId: product,
    placeOrder: 'yes',
  }),
  'POST /store/:slug/cart': ({ product = '' }) => ({ line: product, quantity: '1' }),
  'POST /dashboard/inventory/:id/active': () => ({ active: 'true' }),
  'POST /store/:slug/cart/:product': () => ({ quantity: '1' }),
  'POST /dashboard/settings/api-keys': () => AGAIN,
  'POST /dashboard/settings/profile/email': () => AGAIN,
  'POST /dashboard/inventory/bulk': ({ product = '' }) => ({ ids: product, action: 'activate' }),
};

/** What this route is sent, as text. */
export function bodyOf({ method, path }: Route, ids: Ids): string {
  const route = `${method} ${path}`;
  if (path.startsWith('/api/')) return JSON.stringify(JSON_BODIES[route]?.(ids) ?? {});
  // An email of its own: that one is taken is another test.
  return new URLSearchParams({ ...FORM, email: email(), ...FORMS[route]?.(ids) }).toString();
}
