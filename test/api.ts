import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, inject } from 'vitest';
import { someAddress } from './address.ts';
import { PUBLIC_URL, server } from './server.ts';

const BASE = '/api/v1';

type Schema = Record<string, unknown>;
type HeaderRef = { $ref: string };
type Operation = {
  operationId: string;
  responses: Record<string, { headers: Record<string, HeaderRef>; content?: Schema }>;
};
export type OpenApi = Record<string, unknown> & {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; headers: Record<string, { required?: boolean }> };
};

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- whatever JSON the test expects
  body: any;
}

export interface CallOptions {
  key?: string;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, as application/json unless `headers` say otherwise. */
  raw?: string | Uint8Array;
  headers?: Record<string, string>;
}

/** Keys that have been let in before. */
const heardOf = new Set<string>();

/** One API request; the answer is held to everything every answer promises, and to the OpenAPI document. */
export async function call(
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  const { key, json, raw = json === undefined ? undefined : JSON.stringify(json) } = options;
  const headers = {
    'CF-Connecting-IP': someAddress(),
    ...(key !== undefined && { Authorization: `Bearer ${key}` }),
    ...(raw !== undefined && { 'Content-Type': 'application/json' }),
    ...options.headers,
  };
  const response = await server.fetch(
    `${PUBLIC_URL}${path.startsWith('/api') ? '' : BASE}${path}`,
    {
      method,
      headers,
      ...(raw !== undefined && { body: raw }),
    },
  );
  const text = await response.text();
  const answer: Answer = {
    status: response.status,
    headers: response.headers as unknown as Headers,
    text,
    body: text === '' ? null : JSON.parse(text),
  };
  expectCommonPromises(answer);
  const [pathname = ''] = path.split('?');
  // Whose month an order is in has to be known before its batch: of a key nobody has heard of, the database is asked.
  const isCold = key !== undefined && !heardOf.has(key);
  const isOrder = method === 'POST' && pathname === '/orders';
  // What was answered before is read by itself, once the write's own batch was refused.
  const isReplay = answer.headers.has('Idempotent-Replayed');
  await expectOneRoundTrip(answer, 1 + Number(isCold && isOrder) + Number(isReplay));
  if (key !== undefined && answer.status < 300) heardOf.add(key);
  await expectDocumented(method, pathname, answer);
  return answer;
}

function expectCommonPromises({ status, headers, body }: Answer): void {
  expect(headers.get('X-Request-Id')).toMatch(/^[\w-]{8,}$/);
  expect(headers.get('Cache-Control')).toBe('no-store');
  for (const name of ['Limit', 'Remaining', 'Reset']) {
    expect(headers.get(`X-RateLimit-${name}`), name).toMatch(/^\d+$/);
  }
  expect(headers.has('Retry-After')).toBe(status === 429);
  if (body === null) return;
  expect(headers.get('Content-Type')).toBe('application/json');
  if (status >= 400)
    expect(body).toMatchObject({ error: expect.any(String), code: expect.any(String) });
}

/** No answer costs more than one round trip to the database, and none that shows or changes something costs less. */
async function expectOneRoundTrip(
  { status, headers, body }: Answer,
  allowed: number,
): Promise<void> {
  const stats = await fetch(`${inject('endpointUrl')}/stats/${headers.get('X-Request-Id')}`);
  const { roundTrips } = (await stats.json()) as { roundTrips: number };
  expect(roundTrips).toBeLessThanOrEqual(allowed);
  if (status < 300 && body?.data) expect(roundTrips).toBeGreaterThanOrEqual(1);
}

let described: { document: OpenApi; ajv: Ajv2020 } | undefined;

/** The API's own document. */
export async function openApi(): Promise<OpenApi> {
  return (await description()).document;
}

async function description() {
  if (described) return described;
  const response = await server.fetch(`${PUBLIC_URL}${BASE}/openapi.json`, {
    headers: { 'CF-Connecting-IP': someAddress() },
  });
  const document = (await response.json()) as OpenApi;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'api', ...closed(document) });
  described = { document, ajv };
  return described;
}

/** An answer has what the document says and nothing else, at any depth. */
function closed(document: OpenApi): OpenApi {
  const close = (_: string, value: Schema | null) =>
    [value?.['type']].flat().includes('object') ? { additionalProperties: false, ...value } : value;
  return JSON.parse(JSON.stringify(document), close) as OpenApi;
}

/** Holds an answer to the OpenAPI document. */
export async function expectDocumented(
  method: string,
  pathname: string,
  answer: Answer,
): Promise<void> {
  const { document, ajv } = await description();
  const path = Object.keys(document.paths).find((template) =>
    new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  );
  const operation = path && document.paths[path]?.[method.toLowerCase()];
  if (!path || !operation || pathname === '/openapi.json') return;
  const response = operation.responses[String(answer.status)];
  expect(response, `${method} ${path} may answer ${answer.status}`).toBeDefined();
  for (const [name, { $ref }] of Object.entries(response?.headers ?? {})) {
    const isPromised = document.components.headers[$ref.split('/').at(-1) ?? '']?.required;
    if (isPromised) expect(answer.headers.has(name), name).toBe(true);
  }
  if (response && !response.content) {
    expect(answer.body, `${method} ${path} has no body`).toBeNull();
    return;
  }
  const pointer = [
    path,
    method.toLowerCase(),
    'responses',
    answer.status,
    'content',
    'application/json',
    'schema',
  ];
  const validate: ValidateFunction | undefined = ajv.getSchema(
    `api#/paths/${pointer
      .map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'))
      .map(encodeURIComponent)
      .join('/')}`,
  );
  if (!validate) throw new Error(`No schema for ${method} ${path} ${answer.status}.`);
  validate(answer.body);
  expect(validate.errors, answer.text).toBeNull();
}
