import { createServer } from 'node:http';
import type pg from 'pg';
import { connectOwner } from '#db/local/connect-owner.ts';
import { type Id, newId } from '#db/ids.ts';
import { newSecret } from '#src/webhooks/signature.ts';
import { median } from './measure.ts';
import { type RunningWorker, serve } from './workerd.ts';

const DELIVERIES = 600;
const ROUNDS = 3;
const AT_ONCE = 16;
const WEBHOOKS = 4;

/**
 * Webhook deliveries a second of one Worker, from the queue's message to the recorded answer, beside a loop of bare
 * `fetch` calls in a Worker of the same kind to the same receiver with the same bytes.
 */
export async function measureDeliveries(
  database: { ownerUrl: string; appUrl: string },
  files: { worker: string[]; floor: string[] },
  vars: Record<string, string>,
  companyId: Id<'company'>,
) {
  const receiver = await startReceiver();
  const client = await connectOwner(database.ownerUrl);
  const allowed = { ...vars, DEV: '1', WEBHOOK_ALLOW: `127.0.0.1:${receiver.port}` };
  const ours = await serve(files.worker, { ...allowed, DATABASE_URL: database.appUrl });
  const floor = await serve(files.floor, allowed);
  try {
    const ratios: number[] = [];
    const [floorRates, ourRates]: [number[], number[]] = [[], []];
    const webhooks = await createWebhooks(client, companyId, receiver.url);
    for (let round = 0; round <= ROUNDS; round += 1) {
      const ids = await createDeliveries(client, companyId, webhooks);
      const bare = await rate(receiver, () => fetchAll(floor, receiver));
      const sent = await rate(receiver, () => consumeAll(ours, receiver, companyId, ids));
      // The first round warms everything up.
      if (round === 0) continue;
      floorRates.push(bare);
      ourRates.push(sent);
      ratios.push(sent / bare);
    }
    await expectAllRecorded(client, companyId);
    return [
      {
        'webhook deliveries': DELIVERIES,
        'bare fetch/s': Math.round(median(floorRates)),
        'ours/s': Math.round(median(ourRates)),
        'ours/bare': Number(median(ratios).toFixed(2)),
      },
    ];
  } finally {
    await Promise.all([ours.close(), floor.close(), client.end()]);
    receiver.close();
  }
}

type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** Answers 200 to everything, and counts. */
async function startReceiver() {
  let received = 0;
  const waiting: { count: number; arrived: () => void }[] = [];
  let body = '';
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received += 1;
      while (waiting[0] && waiting[0].count <= received) waiting.shift()?.arrived();
      body = Buffer.concat(chunks).toString();
      response.end('ok');
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port.');
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}/hook`,
    received: () => received,
    /** Resolves when so many have come in all. */
    reached: (count: number) =>
      new Promise<void>((arrived) => {
        if (count <= received) arrived();
        else waiting.push({ count, arrived });
      }),
    /** What came last. */
    body: () => body,
    close: () => server.close(),
  };
}

/** Received a second, until all have come: a message is consumed before what it is about has been sent. */
async function rate(receiver: Receiver, work: () => Promise<void>): Promise<number> {
  const [before, started] = [receiver.received(), performance.now()];
  await work();
  await receiver.reached(before + DELIVERIES);
  return DELIVERIES / ((performance.now() - started) / 1000);
}

async function fetchAll(floor: RunningWorker, receiver: Receiver): Promise<void> {
  const response = await fetch(`${floor.url}/sends`, {
    method: 'POST',
    body: JSON.stringify({
      url: receiver.url,
      body: receiver.body(),
      times: DELIVERIES,
      atOnce: AT_ONCE,
    }),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** No more are on their way at once than the bare loop has. */
async function consumeAll(
  ours: RunningWorker,
  receiver: Receiver,
  companyId: Id<'company'>,
  ids: Id<'delivery'>[],
): Promise<void> {
  const before = receiver.received();
  const queue = ids.entries();
  const consumer = async () => {
    for (const [n, deliveryId] of queue) {
      await receiver.reached(before + n - AT_ONCE);
      const bodies = [{ companyId, deliveryId }];
      const message = JSON.stringify({ queue: 'distribu-webhooks', bodies });
      const response = await fetch(ours.queueUrl, { method: 'POST', body: message });
      if (!response.ok) throw new Error(`The consumer answered ${await response.text()}.`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, consumer));
}

async function createWebhooks(
  client: pg.Client,
  companyId: Id<'company'>,
  url: string,
): Promise<Id<'webhook'>[]> {
  const ids = Array.from({ length: WEBHOOKS }, () => newId('webhook'));
  for (const id of ids) {
    await client.query(
      `insert into webhooks (company_id, id, url, events, secret) values ($1, $2, $3, '{customer.updated}', $4)`,
      [companyId, id, url, newSecret()],
    );
  }
  return ids;
}

/** A customer's change for each delivery, as the trigger would have written it. */
async function createDeliveries(
  client: pg.Client,
  companyId: Id<'company'>,
  webhooks: Id<'webhook'>[],
): Promise<Id<'delivery'>[]> {
  const ids = Array.from({ length: DELIVERIES }, () => newId('delivery'));
  await client.query(
    `with wanted as (
       select id, $3::text[] as webhooks, ordinality as n from unnest($2::text[]) with ordinality as ids (id)
     ), made as (
       insert into events (company_id, id, type, entity_id, snapshot, actor_type, transaction)
       select $1, new_type_id('evt'), 'customer.updated', wanted.id, (
         select customer_snapshot(c) from customers c where c.company_id = $1 order by c.id limit 1
       ), 'SYSTEM', wanted.n
       from wanted
       returning id, entity_id
     )
     insert into webhook_deliveries (company_id, id, webhook_id, event_id)
     select $1, wanted.id, wanted.webhooks[wanted.n % cardinality(wanted.webhooks) + 1], made.id
     from made join wanted on wanted.id = made.entity_id`,
    [companyId, ids, webhooks],
  );
  return ids;
}

/** A delivery counts when its answer stands in the log. */
async function expectAllRecorded(client: pg.Client, companyId: Id<'company'>): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const { rows } = await client.query<{ open: number }>(
      `select count(*)::int as open from webhook_deliveries where company_id = $1 and state <> 'delivered'`,
      [companyId],
    );
    if (rows[0]?.open === 0) return;
    if (Date.now() > deadline) throw new Error(`${rows[0]?.open} deliveries are not recorded.`);
  }
}
