import { beforeEach, describe, expect, inject, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import type pg from 'pg';
import { connectOwner } from '#db/local/connect-owner.ts';
import { as, freshCompany, LONG_AGO } from '../../test/context.ts';
import { setFaults } from '../../test/faults.ts';
import {
  endpoint,
  changeWebhook,
  deliverWebhook,
  sending,
  someEvents,
  webhookFor,
} from '../../test/webhooks.ts';
import { getWebhookLog } from './webhook-log.ts';
import { continueReplay, replay } from './replay.ts';
import { findOpenReplays } from './sweep-webhooks.ts';

let company: CompanyFixture;
beforeEach(async () => {
  company = await freshCompany();
});

const URL = 'https://erp.example.com/hooks';
const owner = () => as(company, 'OWNER');
const hour = 3_600_000;
const lastHour = () => ({ from: new Date(Date.now() - hour), to: new Date(Date.now() + 1000) });

/** The company's replays that a sweep finds, which begins with those that have waited longest. */
async function openReplays(db: pg.Client) {
  await db.query('update webhook_replays set continued_at = $2 where company_id = $1', [
    company.id,
    LONG_AGO,
  ]);
  return (await findOpenReplays(owner())).filter(({ companyId }) => companyId === company.id);
}

describe('replaying', () => {
  it('sends everything of the range that the webhook wants, also from before it was there', async () => {
    await someEvents(company, 3);
    const webhook = await webhookFor(company, URL);
    const due = await someEvents(company, 2);
    const { ids, send } = endpoint();
    for (const id of due) await deliverWebhook(sending(company), id, send);
    const ctx = owner();
    expect(await replay(ctx, webhook.id, lastHour())).toEqual({ deliveries: 5, more: false });
    expect(ctx.due.deliveries).toHaveLength(5);
    for (const { deliveryId } of ctx.due.deliveries) {
      await deliverWebhook(sending(company), deliveryId, send);
    }
    expect(new Set(ids).size).toBe(5);
    expect(ids).toHaveLength(7);
    const {
      deliveries: { rows },
    } = await getWebhookLog(owner(), webhook.id, { limit: 50 });
    expect(rows.map(({ state }) => state)).toEqual(Array(5).fill('delivered'));
  });

  it('tells the queue of 20, whose arrival brings the others', async () => {
    const webhook = await webhookFor(company, URL, { active: false });
    await someEvents(company, 45);
    await changeWebhook(company, webhook.id, { active: true });
    const ctx = owner();
    expect(await replay(ctx, webhook.id, lastHour())).toEqual({ deliveries: 45, more: false });
    expect(ctx.due.deliveries).toHaveLength(20);
    const { ids, send } = endpoint();
    const queue = [...ctx.due.deliveries];
    for (let message = queue.pop(); message; message = queue.pop()) {
      const job = sending(company);
      await deliverWebhook(job, message.deliveryId, send);
      queue.push(...job.due.deliveries);
    }
    expect(new Set(ids).size).toBe(45);
    expect(ids).toHaveLength(45);
  });

  it('leaves out what lies outside the range or is not wanted', async () => {
    await someEvents(company, 2);
    const webhook = await webhookFor(company, URL, { events: ['order.created'] });
    expect(await replay(owner(), webhook.id, lastHour())).toEqual({ deliveries: 0, more: false });
    await changeWebhook(company, webhook.id, { events: ['customer.created'] });
    const earlier = { from: new Date(Date.now() - 2 * hour), to: new Date(Date.now() - hour) };
    expect(await replay(owner(), webhook.id, earlier)).toEqual({ deliveries: 0, more: false });
    await expect(
      replay(owner(), webhook.id, { from: earlier.to, to: earlier.from }),
    ).rejects.toMatchObject({ code: 'validation' });
    await expect(replay(owner(), newId('webhook'), lastHour())).rejects.toMatchObject({
      code: 'not_found',
      message: 'Webhook not found.',
    });
  });

  it('goes on with 10,000 at a time, and loses none to whoever dies in between', async () => {
    const webhook = await webhookFor(company, URL);
    const db = await connectOwner(inject('ownerUrl'));
    // Many at the same time, so that pages end among them.
    await db.query(
      `insert into events (company_id, id, type, entity_id, snapshot, actor_type, transaction, created_at)
       select $1, new_type_id('evt'), 'customer.created', 'cus_', '{}', 'SYSTEM', n,
         now() - (n / 1500) * interval '1 minute'
       from generate_series(1, 25000) n`,
      [company.id],
    );
    const replays = () => openReplays(db);
    const onTheirWay = async () => {
      const { rows } = await db.query<{ count: number }>(
        `select count(*)::int from webhook_deliveries where company_id = $1 and webhook_id = $2 and state = 'pending'`,
        [company.id, webhook.id],
      );
      return rows[0]?.count;
    };
    expect(await replay(owner(), webhook.id, lastHour())).toEqual({
      deliveries: 10_000,
      more: true,
    });
    const [open = expect.unreachable('Nothing is left.')] = await replays();
    for (const [fault, count] of [
      // Dead before the commit, dead after it, alive.
      [{ errorRate: 1 }, 10_000],
      [{ dropAfterCommitRate: 1 }, 20_000],
      [null, 25_000],
    ] as const) {
      if (fault) await setFaults({ ...fault, match: 'continue_replay' });
      const going = continueReplay(sending(company), open);
      await (fault ? expect(going).rejects.toThrow() : going);
      await setFaults({});
      expect(await onTheirWay()).toBe(count);
    }
    expect(await replays()).toEqual([]);
    // Twice is no harm.
    await continueReplay(sending(company), open);
    expect(await onTheirWay()).toBe(25_000);
    await db.end();
  }, 120_000);

  it('ends with the webhook that is switched off', async () => {
    const webhook = await webhookFor(company, URL);
    const db = await connectOwner(inject('ownerUrl'));
    await db.query(
      `insert into webhook_replays (company_id, webhook_id, last_at, last_event, range_end)
       values ($1, $2, now() - interval '1 hour', '', now())`,
      [company.id, webhook.id],
    );
    await changeWebhook(company, webhook.id, { active: false });
    const replays = () => openReplays(db);
    const [open = expect.unreachable('Nothing is left.')] = await replays();
    const ctx = sending(company);
    await continueReplay(ctx, open);
    expect(ctx.due.deliveries).toEqual([]);
    expect(await replays()).toEqual([]);
    await db.end();
  });
});
