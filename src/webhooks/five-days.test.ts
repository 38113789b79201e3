import { eq } from 'drizzle-orm';
import type pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { outbox } from '#db/schema/index.ts';
import { as, context, freshCompany, LONG_AGO } from '../../test/context.ts';
import { Receiver } from '../../test/receiver.ts';
import {
  deliverWebhook,
  makeDue,
  sending,
  someEvents,
  webhookFor,
  webhookRow,
} from '../../test/webhooks.ts';
import { system } from '../tenant.ts';
import { getDelivery } from './delivery-queries.ts';
import { type SendWebhook, httpWebhookSender } from './http-webhook-sender.ts';
import { JITTER, WAITS } from './retry-schedule.ts';
import { findOverdueDeliveries } from './sweep-webhooks.ts';
import { getWebhookLog } from './webhook-log.ts';

let owner: pg.Client;
let receiver: Receiver;
let send: SendWebhook;
beforeAll(async () => {
  owner = await connectOwner(inject('ownerUrl'));
  receiver = await Receiver.open();
  const rules = { allowHttp: true, allow: [receiver.host], ownHosts: [] };
  const nobody = () => Promise.reject(new Error('Nobody is looked up.'));
  const [patient, hasty] = [httpWebhookSender(rules, nobody), httpWebhookSender(rules, nobody, 50)];
  send = (request) => (/hang|drip/.test(request.url) ? hasty : patient)(request);
});
afterAll(async () => {
  await owner.end();
  await receiver.close();
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Sends as the Worker does, on a clock of its own: a soon retry by a message, the others by the sweep of the minute. */
class VirtualDays {
  now = LONG_AGO.getTime();
  private messages: { at: number; company: CompanyFixture; id: Id<'delivery'> }[] = [];
  private readonly companies: CompanyFixture[];

  constructor(companies: CompanyFixture[]) {
    this.companies = companies;
  }

  /** An event happens, on this clock. */
  async happen(company: CompanyFixture): Promise<Id<'delivery'>[]> {
    const deliveries = await someEvents(company, 1);
    await makeDue(company, deliveries, new Date(this.now));
    return deliveries;
  }

  async consume(company: CompanyFixture, id: Id<'delivery'>): Promise<void> {
    const ctx = { ...sending(company), now: new Date(this.now) };
    const { retryIn } = await deliverWebhook(ctx, id, send);
    // As in functions/queues/webhook-consumer.ts.
    if (retryIn === null || retryIn > 15 * 60) return;
    this.messages.push({ at: this.now + Math.ceil(retryIn) * 1000, company, id });
  }

  /** Does what falls due, in its order. */
  async pass(duration: number): Promise<void> {
    const end = this.now + duration;
    for (;;) {
      const sweepAt = await this.nextSweep();
      const [message] = this.messages.toSorted((a, b) => a.at - b.at);
      const at = Math.min(sweepAt, message?.at ?? Infinity);
      if (at >= end) break;
      this.now = at;
      if (message?.at === at) {
        this.messages = this.messages.filter((one) => one !== message);
        await this.consume(message.company, message.id);
      } else await this.sweep();
    }
    this.now = end;
  }

  private async sweep(): Promise<void> {
    const ctx = context({ kind: 'nobody' }, { now: new Date(this.now) });
    const found = await findOverdueDeliveries(ctx);
    const sent = found.map(async ({ companyId, deliveryId }) => {
      const company = this.companies.find(({ id }) => id === companyId);
      if (company) await this.consume(company, deliveryId);
    });
    await Promise.all(sent);
  }

  /** The next minute in which it finds something: nothing happens in those before. */
  private async nextSweep(): Promise<number> {
    const { rows } = await owner.query<{ due: Date | null }>(
      `select min(next_attempt_at) as due from webhook_deliveries where company_id = any ($1) and state = 'pending'`,
      [this.companies.map(({ id }) => id)],
    );
    const due = rows[0]?.due;
    if (!due) return Infinity;
    const later = Math.max(this.now + 1, due.getTime() + MINUTE / 2 + 1);
    return Math.ceil(later / MINUTE) * MINUTE;
  }
}

const FAILING = ['301', '429', '500', 'hang', 'drip', 'reset'];
const ARRIVING = ['ok', 'huge'];

it('keeps to its schedule for five days, whatever endpoints answer, and delays nobody for it', async () => {
  const company = await freshCompany();
  const neighbour = await freshCompany();
  const days = new VirtualDays([company, neighbour]);
  const webhooks = new Map<string, Id<'webhook'>>();
  for (const path of [...ARRIVING, '410', ...FAILING]) {
    const { id } = await webhookFor(company, receiver.url(`${path}/days`));
    webhooks.set(path, id);
  }
  const { id: near } = await webhookFor(neighbour, receiver.url('ok/neighbour'));
  const attemptsOf = async (of: CompanyFixture, webhook: Id<'webhook'>, place = 0) => {
    const { deliveries } = await getWebhookLog(as(of, 'OWNER'), webhook, { limit: 50 });
    const delivery = deliveries.rows.at(-1 - place);
    if (!delivery) return expect.unreachable('It was not sent.');
    return getDelivery(as(of, 'OWNER'), webhook, delivery.id);
  };

  for (const id of await days.happen(company)) await days.consume(company, id);
  // Messages of the neighbour are lost, so its events wait for the sweep of the next minute and no longer.
  for (let place = 0; place < 10; place += 1) {
    const happened = days.now;
    await days.happen(neighbour);
    await days.pass(12 * HOUR);
    const { attempts } = await attemptsOf(neighbour, near, place);
    expect(attempts.map(({ statusCode }) => statusCode)).toEqual([200]);
    expect((attempts[0]?.createdAt.getTime() ?? 0) - happened).toBeLessThan(2 * MINUTE);
  }

  for (const path of ARRIVING) {
    const webhook = webhooks.get(path) ?? 'whk_';
    const { state, attempts } = await attemptsOf(company, webhook);
    expect([path, state, attempts.length]).toEqual([path, 'delivered', 1]);
    expect((await webhookRow(company, webhook))?.active).toBe(true);
  }
  for (const path of FAILING) {
    const webhook = webhooks.get(path) ?? 'whk_';
    const { state, attempts } = await attemptsOf(company, webhook);
    expect([path, state, attempts.length]).toEqual([path, 'failed', WAITS.length + 1]);
    expect(receiver.at(`${path}/days`)).toHaveLength(WAITS.length + 1);
    for (const [n, wait] of WAITS.entries()) {
      const [before, after] = [attempts[n]?.createdAt, attempts[n + 1]?.createdAt];
      const gap = ((after?.getTime() ?? 0) - (before?.getTime() ?? 0)) / 1000;
      const asked = path === '429' ? 7200 : 0;
      // A message comes within a second, the sweep within a minute and a half.
      expect(gap, `${path}, try ${n + 2}`).toBeGreaterThan(
        Math.max(wait * (1 - JITTER), asked) - 1,
      );
      expect(gap, `${path}, try ${n + 2}`).toBeLessThan(Math.max(wait * (1 + JITTER), asked) + 92);
    }
    const disabled = { active: false, disabledReason: 'failing' };
    expect(await webhookRow(company, webhook)).toMatchObject(disabled);
  }
  const gone = webhooks.get('410') ?? 'whk_';
  expect((await attemptsOf(company, gone)).attempts).toHaveLength(1);
  const disabled = { active: false, disabledReason: 'gone' };
  expect(await webhookRow(company, gone)).toMatchObject(disabled);
  expect(receiver.at('target')).toEqual([]);

  const ctx = context({ kind: 'nobody' });
  const [mails] = await system(ctx).batch([
    ctx.db.select().from(outbox).where(eq(outbox.companyId, company.id)),
  ]);
  const endpoints = mails.map(({ data }) => (data as { endpoint: string }).endpoint);
  const switchedOff = ['410', ...FAILING].map((path) => receiver.url(`${path}/days`));
  expect(endpoints.toSorted()).toEqual(switchedOff.toSorted());
  expect(await someEvents(company, 1)).toHaveLength(ARRIVING.length);
}, 120_000);
