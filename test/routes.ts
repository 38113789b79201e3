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
  [/\/customers\/:id/, 'customer'],
  [/\/settings\/sessions\/:id/, 'session'],
  [/\/settings\/api-keys\/:id/, 'apiKey'],
];

/** Behind a log-in or a key. */
export const isGuarded = (path: string) =>
  path.startsWith('/dashboard') ||
  path.startsWith('/api/v1/customers') ||
  /^\/store\/:slug\/(catalog|account)/.test(path);
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
};
const JSON_BODY = JSON.stringify({ email: `${newId('customer')}@example.com`, notes: 'Changed' });

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
  const unsafe = method === 'POST' || method === 'PATCH';
  if (path.startsWith('/dashboard/customers/import') && unsafe) expectErrorLog(/message failed/);
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
