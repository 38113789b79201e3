import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { getDelivery } from '#src/webhooks/delivery-queries.ts';
import { NOT_PUBLIC } from '#src/webhooks/public-url.ts';
import { WAITS } from '#src/webhooks/retry-schedule.ts';
import { getWebhookLog } from '#src/webhooks/webhook-log.ts';
import { call } from '../api.ts';
import { as, freshCompany, LONG_AGO } from '../context.ts';
import { apiKeyFor, expectErrorLog, receiver, server } from '../server.ts';
import { browserOf } from '../staff.ts';
import { changeWebhook, makeDue, poison, someEvents, useTries, webhookFor } from '../webhooks.ts';

/** From a change over the API, through the queue, to the endpoint: the built Worker with everything it is bound to. */
type Message = { companyId: string; deliveryId: string };
type Bindings = {
  WEBHOOK_QUEUE: { sendBatch(messages: { body: unknown }[]): Promise<unknown> };
};

async function tell(bodies: unknown[]): Promise<void> {
  const { WEBHOOK_QUEUE } = await server.getWorker<Bindings>().getEnv();
  await WEBHOOK_QUEUE.sendBatch(bodies.map((body) => ({ body })));
}

const message = (company: CompanyFixture, deliveryId: Id<'delivery'>): Message => ({
  companyId: company.id,
  deliveryId,
});

async function settled(company: CompanyFixture, webhook: Id<'webhook'>, count: number) {
  await expect
    .poll(
      async () => {
        const {
          deliveries: { rows },
        } = await getWebhookLog(as(company, 'OWNER'), webhook, { limit: 100 });
        return rows.filter(({ state }) => state === 'delivered').length;
      },
      { timeout: 60_000 },
    )
    .toBe(count);
}

it('tells an endpoint exactly what the documentation says of a change', async () => {
  const company = await freshCompany();
  const { key } = await apiKeyFor(company);
  const webhook = await webhookFor(company, receiver.url('ok/change'));
  const { body: made } = await call('POST', '/customers', {
    key,
    json: { email: 'anna@bistro.test', name: 'Anna “B”', creditLimit: 12.5 },
  });
  const [{ body, headers } = expect.unreachable()] = await receiver.arrived('ok/change');
  await settled(company, webhook.id, 1);
  expect(JSON.parse(body)).toEqual({
    event: 'customer.created',
    timestamp: expect.any(String),
    data: { ...made.data, version: expect.any(Number) },
  });
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'user-agent': 'Distribu-Webhooks/1',
    'x-webhook-event': 'customer.created',
    'x-webhook-signature': createHmac('sha256', webhook.secret).update(body).digest('hex'),
    'webhook-id': expect.stringMatching(/^evt_/),
  });
  new Webhook(webhook.secret).verify(body, headers as Record<string, string>);
  const {
    deliveries: { rows },
  } = await getWebhookLog(as(company, 'OWNER'), webhook.id, { limit: 5 });
  const detail = await getDelivery(as(company, 'OWNER'), webhook.id, rows[0]?.id ?? 'dlv_');
  expect(detail.requestBody).toBe(body);
  expect(detail.lastAttempt).toMatchObject({ statusCode: 200, error: null });
});

it('tries an endpoint again that failed, soon', async () => {
  const company = await freshCompany();
  const { key } = await apiKeyFor(company);
  const webhook = await webhookFor(company, receiver.url('500/soon'));
  await call('POST', '/customers', { key, json: { email: 'again@bistro.test' } });
  const [first] = await receiver.arrived('500/soon');
  receiver.answer('500/soon', 'ok');
  const [, second] = await receiver.arrived('500/soon', 2);
  expect(second?.body).toBe(first?.body);
  await settled(company, webhook.id, 1);
});

it('delays nobody for an endpoint that hangs', async () => {
  const [company, other] = [await freshCompany(), await freshCompany()];
  const hanging = await webhookFor(company, receiver.url('hang/all'));
  const webhook = await webhookFor(other, receiver.url('ok/others'));
  const due = await someEvents(company, 15);
  const [theirs = 'dlv_'] = await someEvents(other, 1);
  await tell([...due.map((id) => message(company, id)), message(other, theirs)]);
  await receiver.arrived('hang/all', 15);
  await receiver.arrived('ok/others');
  const {
    deliveries: { rows },
  } = await getWebhookLog(as(company, 'OWNER'), hanging.id, { limit: 15 });
  // Some are still waiting for their answer: nobody waited for them to end.
  expect(rows.map(({ lastAttempt }) => lastAttempt)).toContain(null);
  await settled(other, webhook.id, 1);
  await changeWebhook(company, hanging.id, { active: false });
});

it('sends once what the queue says twice and in any order, between messages that make no sense', async () => {
  expectErrorLog(/poison message/);
  const company = await freshCompany();
  const webhook = await webhookFor(company, receiver.url('ok/twice'));
  const [last = 'dlv_', ...others] = await someEvents(company, 13);
  const due = others.map((id) => message(company, id));
  const other = await freshCompany();
  const poison = [
    null,
    'text',
    { companyId: 1 },
    { companyId: company.id },
    { companyId: company.id, deliveryId: 'dlv_none' },
    { companyId: other.id, deliveryId: due[0]?.deliveryId },
    { companyId: 'com_none', deliveryId: due[1]?.deliveryId },
  ];
  const shuffled = [...due, ...due, ...poison].toSorted(() => Math.random() - 0.5);
  // One at a time in their order: once the last is sent, the others have been looked at.
  await tell(shuffled);
  await tell([message(company, last)]);
  await settled(company, webhook.id, 13);
  const ids = receiver.at('ok/twice').map(({ headers }) => headers['webhook-id']);
  expect(ids).toHaveLength(13);
  expect(new Set(ids).size).toBe(13);
});

it('shows a delivery nobody can read, harms no other for it, and sends it once it is repaired', async () => {
  expectErrorLog(/webhook failed/);
  const company = await freshCompany();
  const { key } = await apiKeyFor(company);
  const staff = await browserOf(company, 'OWNER');
  const webhook = await webhookFor(company, receiver.url('ok/poison'));
  const [bad = 'dlv_'] = await someEvents(company, 1);
  const repair = await poison(company);
  const [good = 'dlv_'] = await someEvents(company, 1);
  // All of its tries but one are used up.
  await useTries(company, bad, WAITS.length);
  await tell([message(company, bad), message(company, good)]);
  await settled(company, webhook.id, 1);
  const path = `/webhooks/${webhook.id}/deliveries/${bad}`;
  await expect
    .poll(async () => (await call('GET', path, { key })).body.data, { timeout: 20_000 })
    .toMatchObject({
      state: 'failed',
      requestBody: null,
      lastAttempt: { error: 'Nothing was sent: this event cannot be read any more.' },
    });
  const page = await staff(`/dashboard/settings${path}`);
  expect(page).toMatchObject({ status: 200, roundTrips: 1 });
  expect(page.text).toMatch(/Failed[^]*this event cannot be read any more/);
  expect((await staff(`/dashboard/settings/webhooks/${webhook.id}`)).text).toContain('Failed');
  expect((await call('GET', `/webhooks/${webhook.id}`, { key })).body.data).toMatchObject({
    active: true,
    failingSince: null,
  });

  await repair();
  await call('POST', `${path}/redeliver`, { key });
  await settled(company, webhook.id, 2);
  const shown = (await call('GET', path, { key })).body.data;
  expect(receiver.at('ok/poison').map(({ body }) => body)).toContain(shown.requestBody);
});

it('finds in its sweep what a lost message left behind', async () => {
  const company = await freshCompany();
  const webhook = await webhookFor(company, receiver.url('ok/swept'));
  const due = await someEvents(company, 3);
  await makeDue(company, due, LONG_AGO);
  await server.getWorker().scheduled({ cron: '* * * * *' });
  await settled(company, webhook.id, 3);
  expect(receiver.at('ok/swept')).toHaveLength(3);
});

it('catches up with more than go at once, one after the other', async () => {
  const company = await freshCompany();
  const webhook = await webhookFor(company, receiver.url('ok/burst'));
  const due = await someEvents(company, 60);
  await tell(due.map((id) => message(company, id)));
  await settled(company, webhook.id, 60);
  expect(receiver.at('ok/burst')).toHaveLength(60);
});

it('reaches nobody by an address that development does not allow', async () => {
  const company = await freshCompany();
  const path = 'ok/private';
  const port = receiver.host.split(':')[1];
  const webhook = await webhookFor(company, `http://localhost:${port}/${path}`);
  const [id = 'dlv_'] = await someEvents(company, 1);
  const errors = async () => {
    const { attempts } = await getDelivery(as(company, 'OWNER'), webhook.id, id);
    return attempts.map(({ error }) => error);
  };
  await tell([message(company, id)]);
  // What the burst has left in the queue comes first; and there may have been another try since.
  await expect.poll(errors, { timeout: 60_000 }).not.toEqual([]);
  expect(new Set(await errors())).toEqual(new Set([NOT_PUBLIC]));
  expect(receiver.at(path)).toEqual([]);
  await changeWebhook(company, webhook.id, { active: false });
});

// Redirects and connections that are refused do not come through the harness as they are: test/race/webhook-sender.
it('comes to an end with every kind of answer, and says what it was', async () => {
  const company = await freshCompany();
  const tooSlow = 'No complete answer within 10 seconds.';
  const answers = {
    '204': [204, null],
    '410': [410, null],
    '429': [429, null],
    '500': [500, null],
    huge: [200, null],
    odd: [200, null],
    cut: [200, expect.any(String)],
    hang: [null, tooSlow],
    half: [200, tooSlow],
    drip: [200, tooSlow],
  };
  const webhooks = new Map<string, Id<'webhook'>>();
  for (const path of Object.keys(answers)) {
    const { id } = await webhookFor(company, receiver.url(`${path}/kinds`));
    webhooks.set(path, id);
  }
  const due = await someEvents(company, 1);
  await tell(due.map((id) => message(company, id)));
  const seen = async () => {
    const tried = [...webhooks].map(async ([path, id]) => {
      const {
        deliveries: { rows },
      } = await getWebhookLog(as(company, 'OWNER'), id, { limit: 1 });
      const detail = await getDelivery(as(company, 'OWNER'), id, rows[0]?.id ?? 'dlv_');
      const [first] = detail.attempts;
      return [path, first && [first.statusCode, first.error]];
    });
    return Object.fromEntries(await Promise.all(tried)) as Record<string, unknown>;
  };
  await expect.poll(seen, { timeout: 60_000, interval: 1000 }).toEqual(answers);
  for (const id of webhooks.values()) await changeWebhook(company, id, { active: false });
});
