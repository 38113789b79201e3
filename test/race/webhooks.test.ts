import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { claimDelivery } from '#src/webhooks/claim-delivery.ts';
import { type SendWebhook, httpWebhookSender } from '#src/webhooks/http-webhook-sender.ts';
import { redeliver } from '#src/webhooks/redeliver.ts';
import { replay } from '#src/webhooks/replay.ts';
import { type RotateSecretResult, rotateSecret } from '#src/webhooks/rotate-secret.ts';
import { type DueDelivery, findOverdueDeliveries } from '#src/webhooks/sweep-webhooks.ts';
import { as, context, freshCompany, LONG_AGO } from '../context.ts';
import { productsFor } from '../products.ts';
import { type Received, Receiver } from '../receiver.ts';
import {
  changeWebhook,
  deliverWebhook,
  sending,
  someEvents,
  webhookFor,
  webhookRow,
} from '../webhooks.ts';
import { setFaults } from '../faults.ts';
import { PRICE, pick, Shop } from './shop.ts';

/**
 * What webhooks promise while the Worker is killed, answers are lost and everybody is at it at once. The Worker's queue
 * leads nowhere here, so every message it sends is lost, too; the tests stand in for the consumer.
 */
let shop: Shop;
let receiver: Receiver;
let send: SendWebhook;
let company: CompanyFixture;

beforeAll(async () => {
  shop = await Shop.open();
  receiver = await Receiver.open();
  const rules = { allowHttp: true, allow: [receiver.host], ownHosts: [] };
  send = httpWebhookSender(rules, () => Promise.reject(new Error('Nobody is looked up.')));
});
afterEach(() => setFaults({}));
afterAll(async () => {
  await shop.close();
  await receiver.close();
});
beforeEach(async () => {
  company = await freshCompany();
});

/** As if a minute and more had passed for everything that waits. */
async function minutesLater(): Promise<void> {
  await shop.owner.query(
    `update webhook_deliveries
     set next_attempt_at = least(next_attempt_at, $2), sending_until = sending_until - interval '1 hour'
     where company_id = $1 and state = 'pending'`,
    [company.id, LONG_AGO],
  );
}

async function overdue(): Promise<DueDelivery[]> {
  const now = new Date(LONG_AGO.getTime() + 31_000);
  const found = await findOverdueDeliveries(context({ kind: 'nobody' }, { now }));
  return found.filter(({ companyId }) => companyId === company.id);
}

/** Sweeps, and sends what the sweep and the deliveries themselves say is due, until nothing is. */
async function sweepUntilDone(consume: (id: Id<'delivery'>) => Promise<DueDelivery[]>) {
  for (let sweeps = 1; sweeps < 500; sweeps += 1) {
    await minutesLater();
    const queue = await overdue();
    if (queue.length === 0) return sweeps;
    const consumer = async () => {
      for (let next = queue.pop(); next; next = queue.pop()) {
        queue.push(...(await consume(next.deliveryId)));
      }
    };
    await Promise.all(Array.from({ length: 8 }, consumer));
  }
  throw new Error('It does not come to an end.');
}

async function deliver(id: Id<'delivery'>): Promise<DueDelivery[]> {
  const ctx = sending(company);
  await deliverWebhook(ctx, id, send);
  return ctx.due.deliveries;
}

const BUYERS = 6;
const ORDERS_EACH = 84;

it('loses no event of an order, whoever dies between the commit and the queue, or while sending', async () => {
  const webhook = await webhookFor(company, receiver.url('ok/killed'), {
    events: ['order.created'],
  });
  const [productId = 'prd_'] = await productsFor(company, [
    { name: 'Flour', priceCents: PRICE, stock: 100_000 },
  ]);
  const cookies = await shop.people(company, BUYERS);
  await setFaults({ match: '', dropAfterCommitRate: 0.05 });
  let [done, kills] = [false, 0];
  const buying = cookies.map(async (cookie) => {
    for (let n = 0; n < ORDERS_EACH; n += 1) {
      const { placed } = await shop.order(company, cookie, newId('order'), [
        { productId, quantity: 1 },
      ]);
      expect(placed).toBe(true);
    }
  });
  const all = Promise.all(buying).finally(() => {
    done = true;
  });
  const killing = async () => {
    while (!done) {
      await sleep(200);
      await shop.worker.restart();
      kills += 1;
    }
  };
  await Promise.all([all, killing()]);
  await setFaults({});
  const orders = await shop.ordersOf(company);
  expect(orders.size).toBe(BUYERS * ORDERS_EACH);

  let deaths = 0;
  await sweepUntilDone(async (id) => {
    // Dead once it was taken, or once it was sent, or alive.
    const fate = Math.random();
    if (fate > 0.3) return deliver(id);
    deaths += 1;
    if (fate < 0.15) await claimDelivery(sending(company), id);
    else {
      const dying: SendWebhook = async (request) => {
        await send(request);
        throw new Error('Killed.');
      };
      await deliverWebhook(sending(company), id, dying).catch(() => undefined);
    }
    return [];
  });
  const told = new Set(
    receiver
      .at('ok/killed')
      .map(({ body }) => (JSON.parse(body) as { data: { id: string } }).data.id),
  );
  expect([...orders].filter((id) => !told.has(id))).toEqual([]);
  expect(told.size).toBe(orders.size);
  expect(receiver.idsAt('ok/killed').size).toBe(orders.size);
  expect(await webhookRow(company, webhook.id)).toMatchObject({ active: true });
  console.log(
    `${orders.size} orders, the message of each lost, ${kills} kills of the Worker, ${deaths} of consumers: 0 lost.`,
  );
}, 300_000);

it('is taken by the official library, each delivery of it, while the secret is rotated under load', async () => {
  const webhook = await webhookFor(company, receiver.url('ok/rotation'));
  const queue = await someEvents(company, 300);
  let rotation: Promise<RotateSecretResult> | undefined;
  const consumer = async () => {
    for (let id = queue.pop(); id; id = queue.pop()) {
      await deliver(id);
      if (queue.length < 200) rotation ??= rotateSecret(as(company, 'OWNER'), webhook.id, null);
    }
  };
  await Promise.all(Array.from({ length: 8 }, consumer));
  const rotated = await rotation;
  if (!rotated?.ok) throw new Error('The secret is not rotated.');
  const received = receiver.at('ok/rotation');
  expect(received).toHaveLength(300);
  const isTaken = (secret: string) => {
    const library = new Webhook(secret);
    return ({ body, headers }: Received) => library.verify(body, headers as Record<string, string>);
  };
  // Whoever has not taken the new secret yet is satisfied by all of them; whoever has, by all that came with it.
  for (const one of received) expect(isTaken(webhook.secret)(one)).toBeTruthy();
  const since = received.filter(({ headers }) => 'x-webhook-signature-previous' in headers);
  for (const one of since) expect(isTaken(rotated.secret)(one)).toBeTruthy();
  expect(since.length).toBeGreaterThan(100);
});

it('delivers every event of six hours in which the endpoint was down, once they are replayed', async () => {
  const webhook = await webhookFor(company, receiver.url('500/outage'));
  const before = await someEvents(company, 20);
  receiver.answer('500/outage', 'ok');
  for (const id of before) await deliver(id);
  receiver.answer('500/outage', '500');
  const during = await someEvents(company, 300);
  // Some were tried once, some given up, some never tried.
  for (const id of during.slice(0, 100)) await deliver(id);
  await shop.owner.query(
    `update events e set created_at = now() - interval '30 minutes' - (n.place % 360) * interval '1 minute'
     from (select d.event_id, row_number() over (order by d.id) as place from webhook_deliveries d
       where d.company_id = $1 and d.id = any ($2)) n
     where e.company_id = $1 and e.id = n.event_id`,
    [company.id, during],
  );
  await shop.owner.query(
    `update webhook_deliveries set state = 'failed' where company_id = $1 and id = any ($2)`,
    [company.id, during.slice(50, 150)],
  );
  await shop.owner.query(`delete from webhook_deliveries where company_id = $1 and id = any ($2)`, [
    company.id,
    during.slice(250),
  ]);
  const { rows } = await shop.owner.query<{ id: string }>(
    `select id from events where company_id = $1 and created_at < now() - interval '20 minutes'`,
    [company.id],
  );
  expect(rows).toHaveLength(300);

  receiver.answer('500/outage', 'ok');
  const earlier = receiver.at('500/outage').length;
  const from = new Date(Date.now() - 7 * 3_600_000);
  const to = new Date(Date.now() - 20 * 60_000);
  const ctx = as(company, 'OWNER');
  expect(await replay(ctx, webhook.id, { from, to })).toEqual({ deliveries: 300, more: false });
  const queue = [...ctx.due.deliveries];
  const consumer = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      queue.push(...(await deliver(next.deliveryId)));
    }
  };
  await Promise.all(Array.from({ length: 8 }, consumer));
  await sweepUntilDone(deliver);
  const after = new Set(
    receiver
      .at('500/outage')
      .slice(earlier)
      .map(({ headers }) => headers['webhook-id']),
  );
  expect(rows.filter(({ id }) => !after.has(id))).toEqual([]);
});

it('sends 400 messages about 200 deliveries once each, never more than 20 at a time', async () => {
  await webhookFor(company, receiver.url('crowd'));
  let [now, most] = [0, 0];
  receiver.answer('crowd', (response) => {
    now += 1;
    most = Math.max(most, now);
    setTimeout(() => {
      now -= 1;
      response.end();
    }, 30);
  });
  const due = await someEvents(company, 200);
  const told = [...due, ...due].toSorted(() => Math.random() - 0.5);
  const consume = async (id: Id<'delivery'>): Promise<void> => {
    const next = await deliver(id);
    await Promise.all(next.map(({ deliveryId }) => consume(deliveryId)));
  };
  await Promise.all(told.map(consume));
  expect(receiver.at('crowd')).toHaveLength(200);
  expect(receiver.idsAt('crowd').size).toBe(200);
  expect(most).toBeLessThanOrEqual(20);
  expect(most).toBeGreaterThan(5);
});

it('keeps no order waiting, however long somebody holds the webhook', async () => {
  const webhook = await webhookFor(company, receiver.url('ok/held'), {
    events: ['customer.created'],
  });
  await shop.owner.query('begin');
  try {
    await shop.owner.query(
      'select from webhooks where company_id = $1 and id = $2 for no key update',
      [company.id, webhook.id],
    );
    // It is held until the block ends: whoever waited for it would not come back.
    expect(await someEvents(company, 1)).toHaveLength(1);
  } finally {
    await shop.owner.query('rollback');
  }
});

it('lets nobody wait for each other for good, whatever is done to a webhook at once', async () => {
  const webhook = await webhookFor(company, receiver.url('any'));
  receiver.answer('any', (response) => {
    response.writeHead(pick([200, 200, 500])).end();
  });
  const due = await someEvents(company, 60);
  const range = () => ({ from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 1000) });
  const longAgo = new Date(Date.now() - 4 * 86_400_000);
  const works: (() => Promise<unknown>)[] = [
    () => deliver(pick(due)),
    () => deliver(pick(due)),
    () => redeliver(as(company, 'OWNER'), webhook.id, pick(due)),
    () => replay(as(company, 'OWNER'), webhook.id, range()),
    () => someEvents(company, 1),
    () => changeWebhook(company, webhook.id, { failingSince: longAgo }),
    () => changeWebhook(company, webhook.id, { active: true, disabledReason: null }),
  ];
  const outcomes: unknown[] = [];
  const worker = async () => {
    for (let n = 0; n < 40; n += 1) {
      await pick(works)().catch((error: unknown) => outcomes.push(error));
    }
  };
  await Promise.all(Array.from({ length: 12 }, worker));
  // Who asks for a delivery while the webhook is off is told so.
  for (const error of outcomes) expect(error).toMatchObject({ code: 'rule' });
});
