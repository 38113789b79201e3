import { sql } from 'drizzle-orm';
import { type Id, newId } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { payloadOf } from '../events/payload.ts';
import { tenant } from '../tenant.ts';
import type { Claim } from './claim-delivery.ts';
import type { Answer, SendWebhook } from './http-webhook-sender.ts';
import { nextTry } from './retry-schedule.ts';
import { signatureHeaders } from './signature.ts';

/** `retryIn`: seconds until this delivery is due again; null = it is done with, or somebody else's. */
export type DeliveryOutcome = { retryIn: number | null };

/**
 * Sends what was claimed at `ctx.now` and records what came of it: a row of the log, when it is tried again, and whether
 * its webhook is still worth it. Arrived is what was answered with 2xx. A webhook is disabled at once by a 410; by a
 * failure after three days without a success, or by the last try of a delivery since whose first one nothing arrived. What
 * it leaves to send is in `ctx.due`.
 * @throws what kept an event of ours from being written, once that is recorded as a failed try
 */
export async function sendClaimed(
  ctx: Ctx,
  claim: Claim,
  send: SendWebhook,
  random: () => number = Math.random,
): Promise<DeliveryOutcome> {
  const [answer, accident] = await sendSigned(ctx, claim, send);
  const { statusCode, durationMs, error, responseBody } = answer;
  const answeredAt = new Date(ctx.now.getTime() + durationMs);
  const arrived = error === null && statusCode !== null && statusCode >= 200 && statusCode < 300;
  const wait = arrived ? null : nextTry(claim.tries, answer, answeredAt, random);
  const recorded = {
    arrived,
    gone: statusCode === 410,
    unsent: accident !== null,
    statusCode,
    durationMs,
    error,
    responseBody,
  };
  const [{ rows }] = await tenant(ctx, 'webhooks:write', 'WebhookDisabled').batch([
    ctx.db.execute<{ settled: Settled }>(
      sql`select settle_delivery(${claim.deliveryId}, ${claim.tries}, ${JSON.stringify(recorded)}, ${wait},
        ${newId('message')}, ${ctx.origin}, ${answeredAt.toISOString()}) as settled`,
    ),
  ]);
  const settled = rows[0]?.settled;
  if (!settled) throw new Error('The database did not say what became of the delivery.');
  ctx.due.mails.push(...settled.mails);
  if (accident) throw accident;
  return { retryIn: settled.pending ? wait : null };
}

type Settled = { pending: boolean; mails: Id<'message'>[] };

/** What came back; or, of an event that cannot be written as it was promised, why not. */
async function sendSigned(
  ctx: Ctx,
  claim: Claim,
  send: SendWebhook,
): Promise<[Answer, Error | null]> {
  let body: string;
  try {
    body = payloadOf(claim.event, ctx.origin);
  } catch (error) {
    return [UNSENT, new Error('An event cannot be sent.', { cause: error })];
  }
  const signatures = await signatureHeaders(claim, { id: claim.eventId, body, now: ctx.now });
  const headers = {
    'Content-Type': 'application/json',
    'User-Agent': 'Distribu-Webhooks/1',
    'X-Webhook-Event': claim.event.type,
    ...signatures,
  };
  return [await send({ url: claim.url, body, headers }), null];
}

const UNSENT: Answer = {
  statusCode: null,
  durationMs: 0,
  error: 'Nothing was sent: this event cannot be read any more.',
  responseBody: null,
  retryAfter: null,
};
