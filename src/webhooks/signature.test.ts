import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { newSecret, signatureHeaders } from './signature.ts';

const body = JSON.stringify({
  event: 'order.created',
  data: { name: 'Öl “extra” 🫒', total: 1.5 },
});
const delivery = () => ({ id: newId('event'), body, now: new Date() });

const NO_FORMER = { previous: null, earlier: [] };

/** The recipe of the documentation, word for word. */
const recipe = (secret: string, raw: string) =>
  createHmac('sha256', secret).update(raw).digest('hex');

describe('signatures', () => {
  it('satisfy the official library and the recipe, with any secret', async () => {
    for (let n = 0; n < 50; n += 1) {
      const secret = newSecret();
      expect(secret).toMatch(/^whsec_[A-Za-z\d+/]{43}=$/);
      const headers = await signatureHeaders({ secret, ...NO_FORMER }, delivery());
      expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
      expect(headers['X-Webhook-Signature']).toBe(recipe(secret, body));
      expect(headers['X-Webhook-Signature']).toMatch(/^[\da-f]{64}$/);
      expect(headers).not.toHaveProperty('X-Webhook-Signature-Previous');
      expect(headers['webhook-signature']).toMatch(/^v1,[A-Za-z\d+/]{43}=$/);
    }
  });

  it('satisfy a receiver with any of the six secrets that sign, the plain ones of the newest two', async () => {
    const [secret, previous] = [newSecret(), newSecret()];
    const earlier = [newSecret(), newSecret(), newSecret(), newSecret()];
    const headers = await signatureHeaders({ secret, previous, earlier }, delivery());
    expect(headers['webhook-signature']?.split(' ')).toHaveLength(6);
    for (const known of [secret, previous, ...earlier]) new Webhook(known).verify(body, headers);
    expect(headers['X-Webhook-Signature']).toBe(recipe(secret, body));
    expect(headers['X-Webhook-Signature-Previous']).toBe(recipe(previous, body));
  });

  it('satisfy nobody else, and no other body', async () => {
    const secret = newSecret();
    const headers = await signatureHeaders({ secret, ...NO_FORMER }, delivery());
    expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow();
    expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
    const later = { ...headers, 'webhook-id': newId('event') };
    expect(() => new Webhook(secret).verify(body, later)).toThrow();
  });
});
