import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { getDelivery } from '#src/webhooks/delivery-queries.ts';
import { getWebhookLog } from '#src/webhooks/webhook-log.ts';
import type { SendWebhook } from '#src/webhooks/http-webhook-sender.ts';
import { redeliver } from '#src/webhooks/redeliver.ts';
import { replay } from '#src/webhooks/replay.ts';
import { sendTestEvent } from '#src/webhooks/send-test-event.ts';
import { deleteOldEvents, findOverdueDeliveries } from '#src/webhooks/sweep-webhooks.ts';
import { as, context, freshCompany } from '../context.ts';
import { deliverWebhook, sending, someEvents, webhookFor } from '../webhooks.ts';
import { buffers, plansOf, scanned } from './plans.ts';

/** A webhook with 100,000 deliveries behind it, beside others of which 2,000 wait. */
let company: CompanyFixture;
let webhook: Id<'webhook'>;
const owner = () => as(company, 'OWNER');

const LOAD = `
  insert into events (company_id, id, type, entity_id, snapshot, actor_type, transaction, created_at)
  select $1, new_type_id('evt'), 'customer.created', 'cus_', '{"createdAt": "2026-01-01", "updatedAt": "2026-01-01"}',
    'SYSTEM', n, now() - n * interval '20 seconds'
  from generate_series(1, $3) n`;
const LOAD_DELIVERIES = `
  insert into webhook_deliveries (company_id, id, webhook_id, event_id, state, tries, created_at, next_attempt_at)
  select $1, new_type_id('dlv'), $2, id, $3, 1, created_at, created_at
  from events where company_id = $1 and entity_id = 'cus_'`;
const LOAD_ATTEMPTS = `
  insert into webhook_attempts (company_id, delivery_id, status_code, duration_ms, response_body)
  select company_id, id, 200, 5, '' from webhook_deliveries where company_id = $1`;

beforeAll(async () => {
  company = await freshCompany();
  ({ id: webhook } = await webhookFor(company, 'https://erp.example.com/hooks'));
  const other = await freshCompany();
  const { id: waiting } = await webhookFor(other, 'https://other.example.com/hooks');
  const client = await connectOwner(inject('ownerUrl'));
  try {
    for (const [who, hook, count, state] of [
      [company.id, webhook, 100_000, 'delivered'],
      [other.id, waiting, 2000, 'pending'],
    ] as const) {
      await client.query(LOAD.replaceAll('$3', String(count)).replaceAll('$1', `'${who}'`));
      await client.query(LOAD_DELIVERIES, [who, hook, state]);
      await client.query(LOAD_ATTEMPTS, [who]);
    }
    await client.query('analyze');
  } finally {
    await client.end();
  }
}, 200_000);

const arriving: SendWebhook = () =>
  Promise.resolve({
    statusCode: 200,
    durationMs: 5,
    error: null,
    responseBody: '',
    retryAfter: null,
  });

describe('beside 100,000 deliveries', () => {
  it.each<[string, number, (delivery: Id<'delivery'>) => Promise<unknown>]>([
    ['sending one', 600, (id) => deliverWebhook(sending(company), id, arriving)],
    ['the log', 1000, () => getWebhookLog(owner(), webhook, { limit: 50 })],
    ['one of it', 300, (id) => getDelivery(owner(), webhook, id)],
    ['redelivering one', 400, (id) => redeliver(owner(), webhook, id)],
    ['a test event', 400, () => sendTestEvent(owner(), webhook)],
    [
      'a replay of ten minutes',
      // 30 events: 50 pages each for a delivery and its indexes, counted at three levels of call.
      30 * 50 * 3,
      () =>
        replay(owner(), webhook, {
          from: new Date(Date.now() - 7_200_000),
          to: new Date(Date.now() - 6_600_000),
        }),
    ],
    ['the sweep', 500, () => findOverdueDeliveries(context({ kind: 'nobody' }))],
    ['deleting what is old', 50, () => deleteOldEvents(context({ kind: 'nobody' }))],
  ])('%s touches few pages', async (what, most, work) => {
    const [id = 'dlv_'] = await someEvents(company, 1);
    const plans = await plansOf(() => work(id));
    expect(scanned(plans).filter((table) => /^(?:events|webhook_\w+) in/.test(table))).toEqual([]);
    expect(buffers(plans), what).toBeLessThan(most);
  });
});
