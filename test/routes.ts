import { inject } from 'vitest';
import { newId } from '#db/ids.ts';
import { expectErrorLog, server } from './server.ts';

export type Route = { method: string; path: string };

/** Every route the Worker declares. */
export async function declaredRoutes(): Promise<Route[]> {
  const response = await server.fetch('/dev/routes.json');
  const { data } = (await response.json()) as { data: Route[] };
  const declared = new Map(
    data
      .filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
      .map((route) => [`${route.method} ${route.path}`, route]),
  );
  return [...declared.values()];
}

/** Which parameter, the last of the pattern, is an id of what. */
const PARAMETERS: [RegExp, string][] = [
  [/\/store\/:slug/, 'store'],
  [/\/contacts\/:contact/, 'contact'],
  [/\/addresses\/:address/, 'address'],
  [/\/customers\/import\/:id/, 'import'],
  [/\/inventory\/import\/:id/, 'productImport'],
  [/\/inventory\/:id/, 'product'],
  [/\/(?:prices|cart)\/:product/, 'product'],
  [/\/prices\/:productId/, 'product'],
  [/\/products\/:id/, 'product'],
  [/\/customers\/:id/, 'customer'],
  [/\/orders\/:id/, 'order'],
  [/\/settings\/sessions\/:id/, 'session'],
  [/\/settings\/api-keys\/:id/, 'apiKey'],
  [/\/webhooks\/:id/, 'webhook'],
  [/\/deliveries\/:deliveryId/, 'delivery'],
];

/** Behind a log-in or a key. */
export const isGuarded = (path: string) =>
  path.startsWith('/dashboard') ||
  /^\/api\/v1\/(customers|products|orders|reports|webhooks)/.test(path) ||
  /^\/store\/:slug\/(catalog|cart|quick-order|checkout|orders|account)/.test(path);
export const isAtStore = (path: string) => path.startsWith('/store/');
export const parametersOf = (path: string) => path.match(/:\w+/g) ?? [];
export const kindOf = (path: string, parameter: string) =>
  PARAMETERS.find(([pattern]) => pattern.source.endsWith(parameter) && pattern.test(path))?.[1];

/** The route's path with an id of each kind for its parameters. */
export function filled(path: string, values: Record<string, string>): string {
  return path.replaceAll(/:\w+/g, (parameter) => values[kindOf(path, parameter) ?? ''] ?? 'x');
}

/** Something plausible for whatever a route takes. */
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
  price: '1',
  stock: '1',
  seen: '100',
};
const JSON_BODY = JSON.stringify({
  email: `${newId('customer')}@example.com`,
  name: 'Changed',
  notes: 'Changed',
  price: 1,
  stock: 1,
  items: [],
});

const RUN = newId('session').slice(-8);
let requests = 0;

/** Asks for a path of this route, with something plausible where it takes something. */
export async function ask(
  { method }: Route,
  path: string,
  headers: Record<string, string>,
  sameOrigin = true,
) {
  requests += 1;
  const requestId = `matrix-${RUN}-${requests}`;
  const isApi = path.startsWith('/api/');
  const unsafe = ['POST', 'PUT', 'PATCH'].includes(method);
  if (/^\/dashboard\/(customers|inventory)\/import/.test(path) && unsafe)
    expectErrorLog(/message failed/);
  // An email of its own: that one is taken is another test.
  const form = new URLSearchParams({ ...FORM, email: `${requestId}@example.com` }).toString();
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
    ...(unsafe && { body: isApi ? JSON_BODY : form }),
  });
  const text = await response.text();
  const stats = await fetch(`${inject('endpointUrl')}/stats/${requestId}`);
  const { roundTrips } = (await stats.json()) as { roundTrips: number };
  const cacheControl = response.headers.get('Cache-Control');
  return { status: response.status, text, roundTrips, cacheControl };
}
