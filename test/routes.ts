import { inject } from 'vitest';
import { newId } from '#db/ids.ts';
import { bodyOf, type Ids } from './route-bodies.ts';
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
/** Whether somebody has looked whose it is: it was not refused for what was sent. */
export const isRead = ({ path }: Route, status: number) =>
  path.startsWith('/api/')
    ? status !== 400
    : parametersOf(path).every((parameter) => parameter === ':slug') ||
      ![400, 422].includes(status);
export const parametersOf = (path: string) => path.match(/:\w+/g) ?? [];
export const kindOf = (path: string, parameter: string) =>
  PARAMETERS.find(([pattern]) => pattern.source.endsWith(parameter) && pattern.test(path))?.[1];

/** The route's path with an id of each kind for its parameters. */
function filled(path: string, ids: Ids): string {
  return path.replaceAll(/:\w+/g, (parameter) => ids[kindOf(path, parameter) ?? ''] ?? 'x');
}

const RUN = newId('session').slice(-8);
let requests = 0;

/** What is sent to a form's route when the log-in carries the form there. */
export function carriedBody(route: Route, ids: Ids): string {
  const action = filled(route.path, ids);
  const fields = [...new URLSearchParams(bodyOf(route, ids))];
  const carried = { action, page: action, fields, files: [], cut: false };
  return new URLSearchParams({ carried: JSON.stringify(carried) }).toString();
}

/** Asks for this route with these ids in its address and in what it is sent. */
export async function ask(
  route: Route,
  ids: Ids,
  headers: Record<string, string>,
  sameOrigin = true,
  body = bodyOf(route, ids),
) {
  requests += 1;
  const { method } = route;
  const path = filled(route.path, ids);
  const requestId = `matrix-${RUN}-${requests}`;
  const isApi = path.startsWith('/api/');
  const unsafe = ['POST', 'PUT', 'PATCH'].includes(method);
  if (/^\/dashboard\/(customers|inventory)\/import/.test(path) && unsafe)
    expectErrorLog(/message failed/);
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
    ...(unsafe && { body }),
  });
  const text = await response.text();
  const stats = await fetch(`${inject('endpointUrl')}/stats/${requestId}`);
  const { roundTrips } = (await stats.json()) as { roundTrips: number };
  const cacheControl = response.headers.get('Cache-Control');
  return { status: response.status, text, roundTrips, cacheControl };
}
