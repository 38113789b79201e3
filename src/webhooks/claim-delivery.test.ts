import { beforeEach, describe, expect, inject, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { as, freshCompany } from '../../test/context.ts';
import { answering, deliverWebhook, sending, someEvents, webhookFor } from '../../test/webhooks.ts';
import { claimDelivery } from './claim-delivery.ts';
import { sendClaimed } from './send-claimed.ts';
import { getWebhookLog } from './webhook-log.ts';

let company: CompanyFixture;
beforeEach(async () => {
  company = await freshCompany();
});

const URL = 'https://erp.example.com/hooks';

const middle = () => 0.5;

const states = async (webhook: Id<'webhook'>) =>
  (await getWebhookLog(as(company, 'OWNER'), webhook, { limit: 50 })).deliveries.rows.map(
    ({ state }) => state,
  );

/** So many deliveries that are due, at once. */
async function manyEvents(webhook: Id<'webhook'>, count: number): Promise<Id<'delivery'>[]> {
  await someEvents(company, 1);
  const db = await connectOwner(inject('ownerUrl'));
  await db.query(
    `insert into events (company_id, id, type, entity_id, snapshot, actor_type, transaction)
     select company_id, new_type_id('evt'), type, entity_id, snapshot, actor_type, n
     from events, generate_series(1, $2 - 1) n where company_id = $1`,
    [company.id, count],
  );
  await db.query(
    `insert into webhook_deliveries (company_id, id, webhook_id, event_id)
     select company_id, new_type_id('dlv'), $2, id from events where company_id = $1
     on conflict do nothing`,
    [company.id, webhook],
  );
  const { rows } = await db.query<{ id: Id<'delivery'> }>(
    'select id from webhook_deliveries where company_id = $1',
    [company.id],
  );
  await db.end();
  return rows.map(({ id }) => id);
}

describe('deliveries of one webhook', () => {
  it('are on their way 20 at a time, and the next follow as they arrive', async () => {
    const { id } = await webhookFor(company, URL);
    const due = await someEvents(company, 25);
    const claims = await Promise.all(due.map((one) => claimDelivery(sending(company), one)));
    const [first, ...others] = claims.filter((claim) => claim !== null);
    expect(others).toHaveLength(19);
    if (!first) return expect.unreachable('Nothing claimed.');
    // One that fails makes room, but is no reason to send more.
    const failed = sending(company);
    await sendClaimed(failed, first, answering(500), middle);
    expect(failed.due.deliveries).toEqual([]);
    const taken = others.map(({ deliveryId }) => deliveryId);
    for (let claim = others.pop(); claim; claim = others.pop()) {
      const ctx = sending(company);
      await sendClaimed(ctx, claim, answering(200));
      for (const { deliveryId } of ctx.due.deliveries) {
        const next = await claimDelivery(sending(company), deliveryId);
        if (!next) continue;
        others.push(next);
        taken.push(deliveryId);
      }
      expect(others.length).toBeLessThanOrEqual(20);
    }
    expect(new Set(taken).size).toBe(24);
    expect(taken).toHaveLength(24);
    expect((await states(id)).filter((state) => state === 'delivered')).toHaveLength(24);
  });

  it('that wait for another try are not on their way, however many failed together', async () => {
    const { id } = await webhookFor(company, URL);
    const due = await manyEvents(id, 200);
    // As long as a claim lasts: what waits cannot be told from what is taken by its time.
    const busy = answering(503, { retryAfter: '50' });
    const start = Date.now();
    for (const minutes of [0, 5]) {
      const now = new Date(start + minutes * 60_000);
      const waits: unknown[] = [];
      for (let from = 0; from < due.length; from += 20) {
        const tried = due.slice(from, from + 20).map(async (one) => {
          const ctx = { ...sending(company), now };
          const { retryIn } = await deliverWebhook(ctx, one, busy, middle);
          waits.push(retryIn);
        });
        await Promise.all(tried);
      }
      expect(waits).toEqual(Array(200).fill(50));
    }
  }, 120_000);

  it('are in no other webhook’s way', async () => {
    await webhookFor(company, URL);
    for (const one of await someEvents(company, 22)) await claimDelivery(sending(company), one);
    await webhookFor(company, 'https://other.example.com/');
    const due = await someEvents(company, 1);
    const claims = await Promise.all(due.map((one) => claimDelivery(sending(company), one)));
    expect(claims.filter((claim) => claim).map((claim) => claim?.url)).toEqual([
      'https://other.example.com/',
    ]);
  });
});
