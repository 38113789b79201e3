import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type FuzzedRequest, requestsTo } from '../fuzz.ts';
import { call, openApi } from '../api.ts';
import { freshCompany } from '../context.ts';
import { inTurn } from '../hostile.ts';
import { apiKeyFor, receiver } from '../server.ts';

const REQUESTS = 10_000;
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
  // Deletions last: the few resources are to be asked for everything else before.
  const isLast = ({ method }: FuzzedRequest) => Number(method === 'DELETE');
  const inOrder = requests.toSorted((a, b) => isLast(a) - isLast(b));
  await inTurn(inOrder, async ({ operationId, method, path, headers, json }) => {
    // `call` holds every answer to the document: its status, its headers, its fields and no others.
    const { status, text } = await persistentCall(method, path, { key, headers, json });
    expect(status, `${method} ${path} ${JSON.stringify(json)}: ${text}`).toBeLessThan(500);
    answered.set(operationId, (answered.get(operationId) ?? new Set()).add(status));
  });
  expect(askedAgain).toBeLessThanOrEqual(CONNECTIONS_LOST);

  // It would be no proof if all of an operation's requests were refused at the door.
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  const refused = operations
    .map(({ operationId }) => operationId)
    .filter((operation) => ![...(answered.get(operation) ?? [])].some((status) => status < 300));
  expect(refused).toEqual([]);
}, 600_000);
