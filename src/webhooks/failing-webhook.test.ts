import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { auditEntries, outbox, webhooks } from '#db/schema/index.ts';
import { as, context, freshCompany, LONG_AGO } from '../../test/context.ts';
import {
  answering,
  changeWebhook,
  deliverWebhook,
  makeDue,
  poison,
  sending,
  someEvents,
  webhookFor,
  webhookRow,
} from '../../test/webhooks.ts';
import { renderMail } from '../mail/templates.ts';
import { system, tenant } from '../tenant.ts';
import { claimDelivery } from './claim-delivery.ts';
import { sendClaimed } from './send-claimed.ts';
import { getDelivery } from './delivery-queries.ts';
import { getWebhookLog } from './webhook-log.ts';
import { redeliver } from './redeliver.ts';
import { findOverdueDeliveries } from './sweep-webhooks.ts';
import { WAITS } from './retry-schedule.ts';

let company: CompanyFixture;
beforeEach(async () => {
  company = await freshCompany();
});

const URL = 'https://erp.example.com/hooks';
const HOURS = 3_600_000;

const middle = () => 0.5;

async function mails() {
  const ctx = context({ kind: 'nobody' });
  const [rows] = await system(ctx).batch([
    ctx.db.select().from(outbox).where(eq(outbox.companyId, company.id)),
  ]);
  return rows;
}

const states = async (webhook: Id<'webhook'>) =>
  (await getWebhookLog(as(company, 'OWNER'), webhook, { limit: 50 })).deliveries.rows.map(
    ({ state }) => state,
  );

describe('a webhook that is of no use', () => {
  it('is switched off at once when it answers 410, which its managers are told once', async () => {
    const { id } = await webhookFor(company, URL);
    const [first = 'dlv_', second = 'dlv_'] = await someEvents(company, 3);
    const ctx = sending(company);
    const claimed = await claimDelivery(sending(company), second);
    expect(await deliverWebhook(ctx, first, answering(410))).toEqual({ retryIn: null });
    if (claimed) await sendClaimed(sending(company), claimed, answering(410));
    expect(await webhookRow(company, id)).toMatchObject({ active: false, disabledReason: 'gone' });
    expect(await states(id)).toEqual(['failed', 'failed', 'failed']);
    const sent = await mails();
    expect(sent.map((mail) => mail.id)).toEqual(ctx.due.mails);
    const [mail] = sent;
    expect(mail?.template).toBe('webhook_disabled');
    expect(mail?.recipient.split(', ').toSorted()).toEqual(
      company.staff
        .filter(({ role }) => role !== 'MEMBER')
        .map(({ email }) => email)
        .toSorted(),
    );
    const data = mail?.data as { endpoint: string; reason: string; url: string };
    const { subject, text } = renderMail('webhook_disabled', data, null);
    expect(subject).toBe('A webhook was switched off');
    expect(text).toContain(URL);
    expect(text).toContain(`/dashboard/settings/webhooks/${id}`);
    const [log] = await tenant(as(company, 'OWNER'), 'audit:read').batch([
      context({ kind: 'nobody' })
        .db.select()
        .from(auditEntries)
        .where(eq(auditEntries.companyId, company.id)),
    ]);
    expect(log.filter(({ entityId }) => entityId === id)).toEqual([
      expect.objectContaining({
        action: 'WebhookDisabled',
        actorName: 'Webhooks',
        details: expect.objectContaining({ active: { from: true, to: false } }),
      }),
    ]);
  });

  it('is switched off once nothing has arrived for three days, and not before', async () => {
    const { id } = await webhookFor(company, URL);
    const [delivery = 'dlv_'] = await someEvents(company, 1);
    for (const [hours, active] of [
      [71.9, true],
      [72.1, false],
    ] as const) {
      await changeWebhook(company, id, { failingSince: new Date(Date.now() - hours * HOURS) });
      await makeDue(company, delivery);
      await deliverWebhook(sending(company), delivery, answering(500), middle);
      expect((await webhookRow(company, id))?.active).toBe(active);
    }
    expect(await webhookRow(company, id)).toMatchObject({ disabledReason: 'failing' });
    expect(await states(id)).toEqual(['failed']);
    expect(await mails()).toHaveLength(1);
  });

  it.each([
    ['is switched off when a delivery has used up its tries', [500], false],
    ['is kept where another one arrived meanwhile', [200, 500], true],
  ])('%s', async (_, meanwhile, active) => {
    const { id } = await webhookFor(company, URL);
    const [delivery = 'dlv_', ...others] = await someEvents(company, 1 + meanwhile.length);
    for (let tries = 0; tries <= WAITS.length; tries += 1) {
      await makeDue(company, delivery);
      await deliverWebhook(sending(company), delivery, answering(500));
      if (tries > 0) continue;
      for (const [n, other] of others.entries()) {
        await deliverWebhook(sending(company), other, answering(meanwhile[n] ?? 200));
      }
    }
    const disabledReason = active ? null : 'failing';
    expect(await webhookRow(company, id)).toMatchObject({ active, disabledReason });
    expect(await mails()).toHaveLength(active ? 0 : 1);
  });

  it('is fine again with the first that arrives', async () => {
    const { id } = await webhookFor(company, URL);
    const [one = 'dlv_', two = 'dlv_'] = await someEvents(company, 2);
    await deliverWebhook(sending(company), one, answering(null, { error: 'No.' }));
    const failing = await webhookRow(company, id);
    expect(failing?.failingSince).toBeInstanceOf(Date);
    await deliverWebhook(sending(company), two, answering(200));
    expect(await webhookRow(company, id)).toMatchObject({
      failingSince: null,
      active: true,
      version: failing?.version,
    });
  });
});

describe('a delivery', () => {
  it('is given up after the last of its tries', async () => {
    const { id } = await webhookFor(company, URL);
    const [delivery = 'dlv_'] = await someEvents(company, 1);
    const waits: unknown[] = [];
    for (let tries = 0; tries <= WAITS.length; tries += 1) {
      await makeDue(company, delivery);
      const { retryIn } = await deliverWebhook(sending(company), delivery, answering(500), middle);
      waits.push(retryIn);
    }
    expect(waits).toEqual([...WAITS, null]);
    expect(await getDelivery(as(company, 'OWNER'), id, delivery)).toMatchObject({
      state: 'failed',
      tries: WAITS.length + 1,
      nextAttemptAt: null,
    });
    await makeDue(company, delivery);
    await deliverWebhook(sending(company), delivery, () => expect.unreachable('Given up.'));
  });

  it('to a webhook that is off is not sent', async () => {
    const { id } = await webhookFor(company, URL);
    const [delivery = 'dlv_'] = await someEvents(company, 1);
    await changeWebhook(company, id, { active: false });
    await deliverWebhook(sending(company), delivery, () => expect.unreachable('Off.'));
    const { state, attempts } = await getDelivery(as(company, 'OWNER'), id, delivery);
    expect(state).toBe('failed');
    expect(attempts).toEqual([expect.objectContaining({ error: 'The webhook was off.' })]);
  });

  it('is found again after a minute when whoever took it has died', async () => {
    await webhookFor(company, URL);
    const [delivery = 'dlv_'] = await someEvents(company, 1);
    const claim = await claimDelivery(sending(company), delivery);
    expect(claim).toMatchObject({ url: URL, tries: 1 });
    expect(await claimDelivery(sending(company), delivery)).toBeNull();
    const lost = { companyId: company.id, deliveryId: delivery };
    const overdue = (now: Date) => findOverdueDeliveries(context({ kind: 'nobody' }, { now }));
    expect(await overdue(new Date())).not.toContainEqual(lost);
    await makeDue(company, delivery, LONG_AGO);
    expect(await overdue(new Date(LONG_AGO.getTime() + 29_000))).not.toContainEqual(lost);
    expect(await overdue(new Date(LONG_AGO.getTime() + 31_000))).toContainEqual(lost);
    expect(await claimDelivery(sending(company), delivery)).toMatchObject({ tries: 2 });
  });

  it('of a webhook that is deleted while it is sent is forgotten', async () => {
    const { id } = await webhookFor(company, URL);
    const [delivery = 'dlv_'] = await someEvents(company, 1);
    const claim = await claimDelivery(sending(company), delivery);
    if (!claim) return expect.unreachable('Not claimed.');
    const { db } = context({ kind: 'nobody' });
    await tenant(as(company, 'OWNER'), 'webhooks:write').batch([
      db.delete(webhooks).where(eq(webhooks.id, id)),
    ]);
    expect(await sendClaimed(sending(company), claim, answering(500))).toEqual({ retryIn: null });
  });

  it('of an event nobody can read is a failed try and an accident, not one for ever', async () => {
    const { id } = await webhookFor(company, URL);
    const [delivery = 'dlv_'] = await someEvents(company, 1);
    const repair = await poison(company);
    const trying = deliverWebhook(sending(company), delivery, () => expect.unreachable('Unread.'));
    await expect(trying).rejects.toThrow('An event cannot be sent.');
    const {
      deliveries: { rows },
    } = await getWebhookLog(as(company, 'OWNER'), id, { limit: 1 });
    expect(rows).toEqual([
      expect.objectContaining({
        state: 'pending',
        tries: 1,
        lastAttempt: expect.objectContaining({ statusCode: null }),
      }),
    ]);
    expect((await getDelivery(as(company, 'OWNER'), id, delivery)).requestBody).toBeNull();
    // The endpoint has done nothing wrong, however long this goes on.
    expect((await webhookRow(company, id))?.failingSince).toBeNull();
    await changeWebhook(company, id, { failingSince: new Date(Date.now() - 100 * HOURS) });
    for (let tries = 1; tries <= WAITS.length; tries += 1) {
      await makeDue(company, delivery);
      await deliverWebhook(sending(company), delivery, answering(200)).catch(() => undefined);
    }
    expect(await states(id)).toEqual(['failed']);
    expect((await webhookRow(company, id))?.active).toBe(true);
    await repair();
    await redeliver(as(company, 'OWNER'), id, delivery);
    await deliverWebhook(sending(company), delivery, answering(200));
    expect(await getDelivery(as(company, 'OWNER'), id, delivery)).toMatchObject({
      state: 'delivered',
      requestBody: expect.stringContaining('customer.created'),
    });
  });

  it('is no other company’s to send', async () => {
    await webhookFor(company, URL);
    const [delivery = 'dlv_'] = await someEvents(company, 1);
    expect(await claimDelivery(sending(await freshCompany()), delivery)).toBeNull();
    expect(await claimDelivery(sending(company), delivery)).not.toBeNull();
  });
});
