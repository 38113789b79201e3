import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type FuzzedRequest, requestsTo } from '../fuzz.ts';
import { call, openApi } from '../api.ts';
import { freshCompany } from '../context.ts';
import { inTurn } from '../hostile.ts';
import { count } from '../prove.ts';
import { apiKeyFor, receiver } from '../server.ts';

const REQUESTS = count(2_000, 10_000);
/** Rounds of more requests to operations that seldom succeed. */
const MORE_ROUNDS = 10;
/** A loaded machine keeps a connection idle until it is closed now and then; a Worker that dies closes them all the time. */
const CONNECTIONS_LOST = 8;

/** Some of each kind that is there, for the requests to name. */
async function resources(key: string): Promise<string[]> {
  const made = async (path: string, json: unknown) =>
    (await call('POST', path, { key, json })).body.data.id as string;
  const ids: string[] = [];
  for (const n of [1, 2, 3]) {
    const customer = await made('/customers', { email: `fuzz${n}@fuzz.test` });
    const product = await made('/products', { name: `P${n}`, sku: `F-${n}`, price: n, stock: 1e6 });
    const items = [{ productId: product, quantity: n }];
    ids.push(customer, product, await made('/orders', { customerId: customer, items }));
    const webhook = await made('/webhooks', { url: receiver.url('/'), events: ['order.created'] });
    const test = await call('POST', `/webhooks/${webhook}/test`, { key });
    ids.push(webhook, test.body.data.delivery);
  }
  return ids;
}

it(`answers ${REQUESTS} requests made of its own document with what the document says, and never a 5xx`, async () => {
  const { key } = await apiKeyFor(await freshCompany({ apiRateLimit: 1_000_000 }));
  const ids = await resources(key);
  const document = await openApi();
  const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_121);
  const requests = fc.sample(requestsTo(document, ids), { numRuns: REQUESTS, seed });
  const answered = new Map<string, Set<number>>();
  let askedAgain = 0;
  /** As a client does where the connection it has kept was closed before anything was answered. */
  const persistentCall: typeof call = (...request) =>
    call(...request).catch((error: { cause?: { code?: string } }) => {
      if (error.cause?.code !== 'UND_ERR_SOCKET') throw error;
      askedAgain += 1;
      return call(...request);
    });
  const send = (some: readonly FuzzedRequest[]) =>
    inTurn(some, async ({ operationId, method, path, headers, json }) => {
      // `call` holds every answer to the document: its status, its headers, its fields and no others.
      const { status, text } = await persistentCall(method, path, { key, headers, json });
      expect(status, `${method} ${path} ${JSON.stringify(json)}: ${text}`).toBeLessThan(500);
      answered.set(operationId, (answered.get(operationId) ?? new Set()).add(status));
    });
  const operations = Object.values(document.paths).flatMap((methods) =>
    Object.entries(methods).map(([method, { operationId: id }]) => ({ id, method })),
  );
  /** It is no proof if all requests of an operation are refused at the door. */
  const refused = () =>
    operations.filter(({ id }) => ![...(answered.get(id) ?? [])].some((status) => status < 300));

  // Deletions last: the few resources are asked for everything else before.
  await send(requests.filter(({ method }) => method !== 'DELETE'));
  for (let round = 1; round <= MORE_ROUNDS; round += 1) {
    const rare = refused().filter(({ method }) => method !== 'delete');
    if (rare.length === 0) break;
    const only = rare.map(({ id }) => id);
    const more = { numRuns: 200, seed: seed + round };
    await send(fc.sample(requestsTo(document, ids, only), more));
  }
  await send(requests.filter(({ method }) => method === 'DELETE'));
  expect(askedAgain).toBeLessThanOrEqual(CONNECTIONS_LOST);
  expect(refused()).toEqual([]);
}, 600_000);
