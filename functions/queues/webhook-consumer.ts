import { z } from 'zod';
import type { Id } from '#db/ids.ts';
import { claimDelivery } from '#src/webhooks/claim-delivery.ts';
import { type OpenReplay, continueReplay } from '#src/webhooks/replay.ts';
import { sendClaimed } from '#src/webhooks/send-claimed.ts';
import {
  deleteOldEvents,
  findOpenReplays,
  findOverdueDeliveries,
} from '#src/webhooks/sweep-webhooks.ts';
import { jobContext } from '../job-context.ts';
import { logError } from '../log.ts';
import { announce } from '../request-context.ts';
import { webhookSender } from '../webhook-sender.ts';
import type { Outcome } from './consume.ts';

export const WebhookMessage = z.object({
  companyId: z.custom<Id<'company'>>((id) => typeof id === 'string'),
  deliveryId: z.custom<Id<'delivery'>>((id) => typeof id === 'string'),
});
export type WebhookMessage = z.infer<typeof WebhookMessage>;

/** A retry later than this is left to the sweep. */
const QUEUED_SECONDS = 15 * 60;

/**
 * One delivery is due. It is ours once it is claimed, and the message is done with: an endpoint that takes its time keeps
 * no other message waiting. Whoever is killed while sending leaves a claim that runs out.
 */
export async function consumeWebhook(
  env: Env,
  execution: Pick<ExecutionContext, 'waitUntil'>,
  message: WebhookMessage,
): Promise<Outcome> {
  const { companyId, deliveryId } = message;
  const ctx = jobContext(env, { kind: 'job', companyId, actor: 'Webhooks' });
  const claim = await claimDelivery(ctx, deliveryId);
  if (!claim) return 'done';
  const sending = async () => {
    const { retryIn } = await sendClaimed(ctx, claim, webhookSender(env));
    await announce(env, ctx.due);
    if (retryIn === null || retryIn > QUEUED_SECONDS) return;
    await env.WEBHOOK_QUEUE.send(message, { delaySeconds: Math.ceil(retryIn) });
  };
  execution.waitUntil(
    sending().catch((error: unknown) => {
      logError('webhook failed', { companyId, deliveryId, error });
    }),
  );
  return 'done';
}

/** All tries to take it are used up, which an operator should see. Its row stays pending, and the sweep finds it. */
export function buryWebhook({ companyId, deliveryId }: WebhookMessage): Promise<Outcome> {
  logError('webhook message dead', { companyId, deliveryId });
  return Promise.resolve('done');
}

/** The webhooks' part of the sweep: deliveries whose time has come, replays that go on, and what has been kept long enough. */
export async function sweepWebhooks(env: Env): Promise<void> {
  const ctx = jobContext(env);
  const deliveries = await findOverdueDeliveries(ctx);
  await announce(env, { mails: [], deliveries });
  for (const open of await findOpenReplays(ctx)) await carryOn(env, open);
  await deleteOldEvents(ctx);
}

/** One page more of a replay; what keeps it from being written keeps no other from it. */
async function carryOn(env: Env, open: OpenReplay): Promise<void> {
  const ctx = jobContext(env, { kind: 'job', companyId: open.companyId, actor: 'Webhooks' });
  try {
    await continueReplay(ctx, open);
    await announce(env, ctx.due);
  } catch (error) {
    logError('replay failed', { ...open, error });
  }
}
