import { randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { parseKeys, signToken } from '#src/lib/tokens.ts';
import { createScratchDatabase } from '../test/setup/scratch-database.ts';
import { createBenchCompany } from './bench-company.ts';
import { bundleFloor, bundleWorker } from './bundle.ts';
import { measureDeliveries } from './deliveries.ts';
import { measureImport } from './import-statement.ts';
import { measureSilence, measureStall } from './log-ins.ts';
import { apiOrder, orderForm } from './bench-shop.ts';
import { type Asked, load, type Load, median } from './measure.ts';
import { recordBatches } from './record-batches.ts';
import { type RunningWorker, serve } from './workerd.ts';

const ROUNDS = 5;
const SECONDS = 3;
const CONNECTIONS = 32;
const CUSTOMERS = 2000;
/** Two a connection, so that each is in use all the time: a limiter that has slept must be woken, which costs a request. */
const KEYS = 2 * CONNECTIONS;
/** Requests a minute of each key: more than are sent. */
const RATE_LIMIT = 100_000;

const server = process.env['TEST_DATABASE_URL'];
const scratch = server ? await createScratchDatabase(server) : null;
const thread = new Worker(new URL('./database-thread.ts', import.meta.url), {
  workerData: { databaseUrl: scratch?.databaseUrl },
});
const database = await new Promise<{
  appUrl: string;
  endpointUrl: string;
  ownerUrl: string;
  embedded: boolean;
}>((resolve, reject) => {
  thread.once('message', resolve).once('error', reject);
});
console.log(
  `Database: ${database.embedded ? 'embedded (set TEST_DATABASE_URL for a real PostgreSQL)' : 'PostgreSQL'}; ` +
    `${CUSTOMERS} customers; ${CONNECTIONS} connections; ${ROUNDS} rounds of ${SECONDS} s, in turn; medians.`,
);

const { owner, company, keys, customerIds, buyer, shop } = await createBenchCompany(
  database.appUrl,
  {
    customers: CUSTOMERS,
    keys: KEYS,
    rateLimit: RATE_LIMIT,
  },
);
const sessionKeys = `bench:${randomBytes(32).toString('base64url')}`;
const cookie = await signToken(parseKeys(sessionKeys), 'staff_session', {
  sid: owner.sessionId,
  cid: company.id,
});
const apiHeaders = keys.map((key) => ({ Authorization: `Bearer ${key}` }));
const PAGE = { path: '/dashboard/customers', headers: [{ Cookie: `staff_session=${cookie}` }] };
const buyers = await Promise.all(
  shop.sessions.map(async (sid) => {
    const claims = { sid, cid: company.id };
    const token = await signToken(parseKeys(sessionKeys), 'customer_session', claims);
    return { Cookie: `customer_session=${token}`, 'Sec-Fetch-Site': 'same-origin' };
  }),
);
const STORE = `/store/${company.slug}`;
const ROUTES: (Asked & { name: string; goal: number })[] = [
  { name: 'GET /api/v1/customers', path: '/api/v1/customers', headers: apiHeaders, goal: 0.8 },
  {
    name: 'GET /api/v1/customers/{id}',
    path: `/api/v1/customers/${customerIds[0]}`,
    headers: apiHeaders,
    goal: 0.8,
  },
  { name: 'GET /dashboard/customers', ...PAGE, goal: 0.6 },
  {
    name: 'GET /store/{slug}/catalog',
    path: `${STORE}/catalog`,
    headers: buyers.slice(0, 1),
    goal: 0.6,
  },
  {
    name: 'POST /store/{slug}/checkout (5 lines)',
    path: `${STORE}/checkout`,
    // The first pays other prices than the form says.
    headers: buyers.slice(1),
    post: () => orderForm(shop),
    succeedsWith: 303,
    goal: 0.6,
  },
  {
    name: 'POST /api/v1/orders (5 lines, Idempotency-Key)',
    path: '/api/v1/orders',
    headers: apiHeaders,
    post: () => apiOrder(shop, customerIds),
    succeedsWith: 201,
    goal: 0.6,
  },
];

const [workerFiles, floorFiles] = [await bundleWorker(), await bundleFloor()];
const vars = {
  SESSION_KEYS: sessionKeys,
  DEV: '',
  LOGIN_LIMITS: '',
  MAIL_PROVIDER: 'outbox',
  MAIL_FROM: '',
  MAIL_API_URL: '',
  MAIL_API_KEY: '',
  DNS_URL: 'http://127.0.0.1:9/dns-query',
  WEBHOOK_ALLOW: '',
};

const batches = await recordRoutes();
const floor = await serve(floorFiles, {
  ...vars,
  DATABASE_URL: database.appUrl,
  DATABASE_ENDPOINT: `${database.endpointUrl}/sql`,
  RATE_LIMIT: String(RATE_LIMIT),
  BATCHES: JSON.stringify(batches),
  SHOP: JSON.stringify({
    companyId: company.id,
    products: shop.products,
    sessions: shop.sessions.slice(1),
  }),
});
const ours = await serve(workerFiles, { ...vars, DATABASE_URL: database.appUrl });
const elsewhere = await serve(workerFiles, { ...vars, DATABASE_URL: database.appUrl });

const hello: Load[] = [];
const results = ROUTES.map((route) => ({ ...route, floor: [] as Load[], ours: [] as Load[] }));
// Once unmeasured: code warms up, and every key becomes known to its limiter.
for (const route of ROUTES) {
  await measure(floor, route, 1);
  await measure(ours, route, 1);
}
for (let round = 0; round < ROUNDS; round += 1) {
  hello.push(await measure(floor, { path: '/hello', headers: [{}] }));
  for (const route of results) {
    route.floor.push(await measure(floor, route));
    route.ours.push(await measure(ours, route));
  }
}
report();
console.table(await measureImport(database.ownerUrl, { id: company.id, userId: owner.userId }));
console.table(
  await measureDeliveries(database, { worker: workerFiles, floor: floorFiles }, vars, company.id),
);
const customers = { path: `/store/${company.slug}/login`, ...buyer };
console.table(await measureStall(ours, elsewhere, PAGE, customers));
console.table(await measureSilence(ours, customers));
console.log(
  `Peak memory: floor ${await floor.peakMemoryMib()} MiB, ours ${await ours.peakMemoryMib()} MiB`,
);
await Promise.all([floor.close(), ours.close(), elsewhere.close()]);
thread.postMessage('close');
await new Promise((resolve) => thread.once('exit', resolve));
await scratch?.drop();

function measure(worker: RunningWorker, asked: Asked, seconds = SECONDS) {
  return load(worker.url, asked, { connections: CONNECTIONS, seconds });
}

/** What our Worker sends for each route, with what every request has of its own taken out. */
async function recordRoutes(): Promise<Record<string, string>> {
  const recorder = await recordBatches(database.endpointUrl);
  const through = new URL(database.appUrl);
  through.port = String(recorder.port);
  const worker = await serve(workerFiles, { ...vars, DATABASE_URL: through.href });
  const found: Record<string, string> = {};
  for (const { path, headers, post, succeedsWith = 200 } of ROUTES) {
    const ask = async () => {
      const posted = post?.();
      return fetch(worker.url + path, {
        headers: { ...headers[0], ...posted?.headers },
        redirect: 'manual',
        ...(posted && { method: 'POST', body: posted.body }),
      });
    };
    // Objects ask, too, when they know nothing yet.
    await ask();
    recorder.take();
    const { status } = await ask();
    const sent = recorder.take();
    if (status !== succeedsWith || sent.length !== 1) {
      throw new Error(`${path} answered ${status} after ${sent.length} round trips.`);
    }
    const batch = (sent[0] ?? '').replace(/"[0-9a-f]{64}"/, '"{hash}"');
    found[path] = post
      ? batch
          .replaceAll(/(ord|msg|once)_[0-9a-z]{26}/g, '$1_{id}')
          .replace(/ses_[0-9a-z]{26}/, '{session}')
          .replaceAll(/prd_[0-9a-z]{26}/g, '{product}')
      : batch;
  }
  await worker.close();
  recorder.close();
  return found;
}

function report(): void {
  const rate = (loads: Load[]) => median(loads.map(({ requestsPerSecond }) => requestsPerSecond));
  const top = rate(hello);
  const rows = results.map(({ name, floor: low, ours: high, goal }) => {
    const ratio = median(
      high.map((each, n) => each.requestsPerSecond / (low[n]?.requestsPerSecond ?? Number.NaN)),
    );
    return {
      route: name,
      'hello req/s': Math.round(top),
      'floor req/s': Math.round(rate(low)),
      'ours req/s': Math.round(rate(high)),
      'ours/floor': Number(ratio.toFixed(2)),
      goal,
      'ours p99 ms': median(high.map(({ p99 }) => p99)),
      'ours bytes': high[0]?.bytes,
    };
  });
  console.table(rows);
}
