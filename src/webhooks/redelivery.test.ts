import { beforeEach, describe, expect, inject, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { as, context, freshCompany, LONG_AGO } from '../../test/context.ts';
import {
  endpoint,
  changeWebhook,
  deliverWebhook,
  makeDue,
  sending,
  someEvents,
  webhookFor,
} from '../../test/webhooks.ts';
import { getDelivery } from './delivery-queries.ts';
import { getWebhookLog } from './webhook-log.ts';
import { redeliver } from './redeliver.ts';
import { replay } from './replay.ts';
import { sendTestEvent } from './send-test-event.ts';
import { deleteOldEvents, findOverdueDeliveries } from './sweep-webhooks.ts';

let company: CompanyFixture;
beforeEach(async () => {
  company = await freshCompany();
});

const URL = 'https://erp.example.com/hooks';
const owner = () => as(company, 'OWNER');
const hour = 3_600_000;
/** A sweep half a minute after what these tests make due. */
const sweepThen = () => {
  const now = new Date(LONG_AGO.getTime() + 31_000);
  return findOverdueDeliveries(context({ kind: 'nobody' }, { now }));
};
const lastHour = () => ({ from: new Date(Date.now() - hour), to: new Date(Date.now() + 1000) });

describe('redelivering', () => {
  it('sends what arrived or was given up again, and keeps its log', async () => {
    const webhook = await webhookFor(company, URL);
    const [id = 'dlv_'] = await someEvents(company, 1);
    const { ids, send } = endpoint();
    await deliverWebhook(sending(company), id, send);
    const ctx = owner();
    await redeliver(ctx, webhook.id, id);
    expect(ctx.due.deliveries).toEqual([{ companyId: company.id, deliveryId: id }]);
    expect(await getDelivery(owner(), webhook.id, id)).toMatchObject({
      state: 'pending',
      tries: 0,
    });
    await deliverWebhook(sending(company), id, send);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    const { attempts } = await getDelivery(owner(), webhook.id, id);
    expect(attempts).toHaveLength(2);
  });

  it('knows only what is there, and nothing of others', async () => {
    const webhook = await webhookFor(company, URL);
    const other = await webhookFor(company, URL, { events: ['order.created'] });
    const [id = 'dlv_'] = await someEvents(company, 1);
    const stranger = as(await freshCompany(), 'OWNER');
    const missing = { code: 'not_found', message: 'Delivery not found.' };
    await expect(redeliver(owner(), webhook.id, newId('delivery'))).rejects.toMatchObject(missing);
    await expect(redeliver(owner(), other.id, id)).rejects.toMatchObject(missing);
    await expect(redeliver(stranger, webhook.id, id)).rejects.toMatchObject(missing);
    await expect(getDelivery(stranger, webhook.id, id)).rejects.toMatchObject(missing);
    await expect(getDelivery(owner(), other.id, id)).rejects.toMatchObject(missing);
    await expect(redeliver(as(company, 'MEMBER'), webhook.id, id)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await changeWebhook(company, webhook.id, { active: false });
    const off = { code: 'rule', message: 'This webhook is off. Switch it on first.' };
    await expect(redeliver(owner(), webhook.id, id)).rejects.toMatchObject(off);
    await expect(sendTestEvent(owner(), webhook.id)).rejects.toMatchObject(off);
    await expect(replay(owner(), webhook.id, lastHour())).rejects.toMatchObject(off);
  });
});

describe('a test event', () => {
  it('goes to the one webhook, whatever it wants to be told of', async () => {
    const webhook = await webhookFor(company, URL, { events: ['order.shipped'] });
    const other = await webhookFor(company, URL);
    const ctx = owner();
    const id = await sendTestEvent(ctx, webhook.id);
    expect(ctx.due.deliveries).toEqual([{ companyId: company.id, deliveryId: id }]);
    const detail = await getDelivery(owner(), webhook.id, id);
    expect(detail).toMatchObject({ event: 'webhook.test', state: 'pending', lastAttempt: null });
    expect(JSON.parse(detail.requestBody ?? '')).toMatchObject({
      event: 'webhook.test',
      data: { webhookId: webhook.id, message: 'This is a test event.' },
    });
    expect((await getWebhookLog(owner(), other.id, { limit: 5 })).deliveries.rows).toEqual([]);
  });
});

describe('the log', () => {
  it('is paged newest first, without a gap or a repetition, and by state', async () => {
    const webhook = await webhookFor(company, URL);
    const due = await someEvents(company, 7);
    const [first = 'dlv_'] = due;
    await deliverWebhook(sending(company), first, endpoint(500).send);
    await redeliver(owner(), webhook.id, first);
    await deliverWebhook(sending(company), first, endpoint(200).send);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { deliveries: page } = await getWebhookLog(owner(), webhook.id, { limit: 3, cursor });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.hasMore ? (page.last ?? undefined) : undefined;
    } while (cursor);
    expect(seen).toEqual(due.toReversed());
    const { deliveries: delivered } = await getWebhookLog(owner(), webhook.id, {
      limit: 9,
      state: 'delivered',
    });
    expect(delivered.rows).toEqual([
      expect.objectContaining({
        id: first,
        event: 'customer.created',
        lastAttempt: expect.objectContaining({ statusCode: 200, durationMs: 5 }),
      }),
    ]);
    await expect(
      getWebhookLog(owner(), webhook.id, { limit: 3, cursor: 'nonsense' }),
    ).rejects.toMatchObject({ code: 'validation', message: 'Invalid cursor.' });
  });
});

describe('the sweep', () => {
  it('finds at most 50 of one webhook, so that another is found as well', async () => {
    const webhook = await webhookFor(company, URL, { active: false });
    await someEvents(company, 60);
    await changeWebhook(company, webhook.id, { active: true });
    await replay(owner(), webhook.id, lastHour());
    const {
      deliveries: { rows },
    } = await getWebhookLog(owner(), webhook.id, { limit: 100 });
    await makeDue(
      company,
      rows.map(({ id }) => id),
      new Date(LONG_AGO.getTime() - hour),
    );
    const other = await freshCompany();
    await webhookFor(other, URL);
    const theirs = await someEvents(other, 1);
    await makeDue(other, theirs, LONG_AGO);
    const found = await sweepThen();
    const of = ({ id }: CompanyFixture) => found.filter(({ companyId }) => companyId === id);
    expect(of(company)).toHaveLength(50);
    expect(of(other)).toEqual([{ companyId: other.id, deliveryId: theirs[0] }]);
  });

  it('finds the oldest of each webhook, however many hang with much to catch up on', async () => {
    const db = await connectOwner(inject('ownerUrl'));
    await db.query(
      `with hanging as (
         insert into webhooks (company_id, id, url, events, secret)
         select $1, new_type_id('whk'), $2, '{customer.created}', 'whsec_' from generate_series(1, 21)
       )
       insert into events (company_id, id, type, entity_id, snapshot, actor_type, transaction)
       select $1, new_type_id('evt'), 'customer.created', 'cus_', '{}', 'SYSTEM', n from generate_series(1, 60) n`,
      [company.id, URL],
    );
    await db.query(
      `insert into webhook_deliveries (company_id, id, webhook_id, event_id, next_attempt_at)
       select $1, new_type_id('dlv'), w.id, e.id, $2::timestamptz - interval '1 day'
       from webhooks w, events e where w.company_id = $1 and e.company_id = $1`,
      [company.id, LONG_AGO],
    );
    const other = await freshCompany();
    await webhookFor(other, URL);
    const theirs = await someEvents(other, 1);
    await makeDue(other, theirs, LONG_AGO);
    const found = await sweepThen();
    expect(found).toContainEqual({ companyId: other.id, deliveryId: theirs[0] });
    await db.query('delete from webhooks where company_id = $1', [company.id]);
    await db.end();
  });

  it('deletes events after 30 days with what was sent of them, and answers of the API after one', async () => {
    const webhook = await webhookFor(company, URL);
    const [old = 'dlv_', young = 'dlv_'] = await someEvents(company, 2);
    await deliverWebhook(sending(company), old, endpoint().send);
    const db = await connectOwner(inject('ownerUrl'));
    const age = (delivery: string, days: string) =>
      db.query(
        `update events e set created_at = now() - $3::interval from webhook_deliveries d
         where d.company_id = $1 and d.id = $2 and e.company_id = $1 and e.id = d.event_id`,
        [company.id, delivery, days],
      );
    await age(old, '30 days 1 minute');
    await age(young, '29 days 23 hours');
    await db.query(
      `insert into idempotency_keys (company_id, route, key, fingerprint, answer, created_at)
       values ($1, 'POST /x', 'old', '', '{}', now() - interval '24 hours 1 minute'), ($1, 'POST /x', 'young', '', '{}', now())`,
      [company.id],
    );
    await deleteOldEvents(context({ kind: 'nobody' }));
    const {
      deliveries: { rows },
    } = await getWebhookLog(owner(), webhook.id, { limit: 5 });
    expect(rows.map(({ id }) => id)).toEqual([young]);
    const kept = await db.query('select key from idempotency_keys where company_id = $1', [
      company.id,
    ]);
    expect(kept.rows).toEqual([{ key: 'young' }]);
    await db.end();
  });
});
