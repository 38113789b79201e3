import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { WebhookVerificationError, verifyWebhook } from '#functions/api/client/src/index.ts';
import { newSecret, signatureHeaders } from '#src/webhooks/signature.ts';

const secret = newSecret();
const EVENT = {
  event: 'product.low_stock',
  timestamp: '2026-04-10T09:30:00.000Z',
  data: { sku: 'WDG-001', name: 'Bündchen №1', stock: 3 },
};
const payload = JSON.stringify(EVENT);

/** Headers as the official library makes them. */
function signed(body: string, key = secret, sentAt = new Date()): Record<string, string> {
  return {
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': new Webhook(key).sign('evt_1', sentAt, body),
  };
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe('verifyWebhook', () => {
  it('takes what the official library signs, in whatever form the request comes', () => {
    const headers = signed(payload);
    expect(verifyWebhook({ payload, headers, secret })).toEqual(EVENT);
    const bytes = new TextEncoder().encode(payload);
    expect(verifyWebhook({ payload: bytes, headers: new Headers(headers), secret })).toEqual(EVENT);
    const ofNode = { ...headers, 'set-cookie': ['a=b'], expect: undefined };
    expect(verifyWebhook({ payload: Buffer.from(bytes), headers: ofNode, secret })).toEqual(EVENT);
  });

  it('takes what Distribu signs, with either secret while they change', async () => {
    const next = newSecret();
    const sent = { id: 'evt_1', body: payload, now: new Date() };
    const older = newSecret();
    const secrets = { secret: next, previous: secret, earlier: [older] };
    const headers = await signatureHeaders(secrets, sent);
    expect(verifyWebhook({ payload, headers, secret: older })).toEqual(EVENT);
    expect(verifyWebhook({ payload, headers, secret })).toEqual(EVENT);
    expect(verifyWebhook({ payload, headers, secret: next })).toEqual(EVENT);
  });

  it.each([
    ['another body', { payload: payload.replace('3', '4') }],
    ['the same JSON, written again', { payload: JSON.stringify(EVENT, null, 1) }],
    ['another secret', { secret: `whsec_${randomBytes(32).toString('base64')}` }],
    ['an old signature', { headers: signed(payload, secret, minutesAgo(6)) }],
    ['one of the future', { headers: signed(payload, secret, minutesAgo(-6)) }],
    ['another id', { headers: { ...signed(payload), 'webhook-id': 'evt_2' } }],
    ['no signature', { headers: {} }],
    ['two signatures in one header', { headers: { 'webhook-signature': ['v1,a', 'v1,b'] } }],
  ])('refuses %s', (_, change) => {
    const request = { payload, headers: signed(payload), secret, ...change };
    expect(() => verifyWebhook(request)).toThrow(WebhookVerificationError);
  });
});
