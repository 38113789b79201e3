import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { as, freshCompany } from '../../test/context.ts';
import { Receiver } from '../../test/receiver.ts';
import {
  deliverWebhook,
  makeDue,
  sending,
  someEvents,
  webhookFor,
  webhookRow,
} from '../../test/webhooks.ts';
import { getDelivery } from './delivery-queries.ts';
import { type SendWebhook, httpWebhookSender } from './http-webhook-sender.ts';
import { newSecret } from './signature.ts';

let receiver: Receiver;
let send: SendWebhook;
let company: CompanyFixture;
beforeAll(async () => {
  receiver = await Receiver.open();
  const rules = { allowHttp: true, allow: [receiver.host], ownHosts: [] };
  send = httpWebhookSender(rules, () => Promise.reject(new Error('Nobody is looked up.')));
});
afterAll(() => receiver.close());
beforeEach(async () => {
  company = await freshCompany();
});

const middle = () => 0.5;

/** One event of a fresh webhook at that path, tried once. */
async function triedAt(path: string) {
  const webhook = await webhookFor(company, receiver.url(path));
  const [id = 'dlv_'] = await someEvents(company, 1);
  const outcome = await deliverWebhook(sending(company), id, send, middle);
  return { webhook, id, outcome, detail: await getDelivery(as(company, 'OWNER'), webhook.id, id) };
}

describe('a delivery', () => {
  it('is exactly what the documentation says, and done with once it arrives', async () => {
    const { webhook, id, outcome, detail } = await triedAt('ok/exact');
    expect(outcome).toEqual({ retryIn: null });
    const [request] = receiver.at('ok/exact');
    const { headers, body } = request ?? expect.unreachable('Nothing arrived.');
    expect(JSON.parse(body)).toEqual({
      event: 'customer.created',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      data: expect.objectContaining({ id: expect.stringMatching(/^cus_/), status: 'ACTIVE' }),
    });
    expect(body).toBe(detail.requestBody);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'Distribu-Webhooks/1',
      'x-webhook-event': 'customer.created',
      'x-webhook-signature': createHmac('sha256', webhook.secret).update(body).digest('hex'),
      'webhook-id': detail.eventId,
    });
    expect(headers).not.toHaveProperty('x-webhook-signature-previous');
    new Webhook(webhook.secret).verify(body, headers as Record<string, string>);
    expect(detail).toMatchObject({ id, state: 'delivered', tries: 1, nextAttemptAt: null });
    expect(detail.attempts).toEqual([
      expect.objectContaining({ statusCode: 200, error: null, responseBody: 'Thank you.' }),
    ]);
    await deliverWebhook(sending(company), id, send);
    expect(receiver.at('ok/exact')).toHaveLength(1);
  });

  it('is signed with both secrets while one is rotated, and with one afterwards', async () => {
    const previousSecret = newSecret();
    for (const [path, hours] of [
      ['ok/rotating', 1],
      ['ok/rotated', -1],
    ] as const) {
      const previousSecretUntil = new Date(Date.now() + hours * 3_600_000);
      const fresh = await freshCompany();
      const { secret } = await webhookFor(fresh, receiver.url(path), {
        previousSecret,
        previousSecretUntil,
      });
      const [id = 'dlv_'] = await someEvents(fresh, 1);
      await deliverWebhook(sending(fresh), id, send);
      const [{ headers, body } = expect.unreachable('Nothing arrived.')] = receiver.at(path);
      const verify = (one: string) =>
        new Webhook(one).verify(body, headers as Record<string, string>);
      verify(secret);
      const isRotating = hours > 0;
      expect('x-webhook-signature-previous' in headers).toBe(isRotating);
      if (isRotating) verify(previousSecret);
      else expect(() => verify(previousSecret)).toThrow();
    }
  });

  it('is sent once by however many are told of it at the same time', async () => {
    await webhookFor(company, receiver.url('ok/once'));
    const ids = await someEvents(company, 5);
    const told = [...ids, ...ids, ...ids].toSorted(() => Math.random() - 0.5);
    await Promise.all(told.map((id) => deliverWebhook(sending(company), id, send)));
    const arrived = receiver.at('ok/once').map(({ headers }) => headers['webhook-id']);
    expect(arrived).toHaveLength(5);
    expect(new Set(arrived).size).toBe(5);
  });

  it('has the same id and the same body on every try, and a time and signature of its own', async () => {
    const { webhook, id } = await triedAt('500/again');
    await makeDue(company, id);
    receiver.answer('500/again', 'ok');
    await deliverWebhook(sending(company), id, send);
    const [first, second] = receiver.at('500/again');
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    new Webhook(webhook.secret).verify(
      second?.body ?? '',
      second?.headers as Record<string, string>,
    );
    const detail = await getDelivery(as(company, 'OWNER'), webhook.id, id);
    expect(detail).toMatchObject({ state: 'delivered', tries: 2 });
    expect(detail.attempts.map(({ statusCode }) => statusCode)).toEqual([500, 200]);
  });
});

describe('an answer', () => {
  it.each([
    ['204', 204, null, ''],
    ['odd', 200, null, 'a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDb'],
    ['huge', 200, null, 'x'.repeat(2000)],
  ])('%s means that it has arrived', async (path, statusCode, error, responseBody) => {
    const { detail } = await triedAt(path);
    expect(detail.state).toBe('delivered');
    expect(detail.attempts).toEqual([expect.objectContaining({ statusCode, error, responseBody })]);
  });

  it.each([
    ['301', 301, 'Redirects are not followed.', 5],
    ['500', 500, null, 5],
    ['nowhere', 404, null, 5],
    ['429', 429, null, 7200],
    ['reset', null, expect.stringContaining('The connection failed: '), 5],
    ['cut', 200, 'The answer broke off.', 5],
  ])('%s means another try', async (path, statusCode, error, retryIn) => {
    const before = Date.now();
    const { webhook, outcome, detail } = await triedAt(path);
    expect(outcome).toEqual({ retryIn });
    expect(detail.state).toBe('pending');
    const next = (detail.nextAttemptAt?.getTime() ?? 0) - retryIn * 1000;
    expect(next).toBeGreaterThan(before - 3000);
    expect(next).toBeLessThan(Date.now() + 3000);
    expect(detail.lastAttempt).toMatchObject({ statusCode, error });
    expect(receiver.at('target')).toEqual([]);
    expect(await webhookRow(company, webhook.id)).toMatchObject({
      active: true,
      failingSince: expect.any(Date),
    });
  });

  it('that does not come, or not to an end, is waited for 10 seconds', async () => {
    const paths = ['hang', 'half', 'drip'];
    const tried = await Promise.all(
      paths.map(async (path) => {
        const answer = await send({ url: receiver.url(path), headers: {}, body: '{}' });
        return [
          answer.statusCode,
          answer.error,
          answer.durationMs >= 10_000 && answer.durationMs < 12_000,
        ];
      }),
    );
    const tooSlow = 'No complete answer within 10 seconds.';
    expect(tried).toEqual([
      [null, tooSlow, true],
      [200, tooSlow, true],
      [200, tooSlow, true],
    ]);
  });
});
