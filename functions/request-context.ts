import type { Context } from 'hono';
import { connect } from '#db/client.ts';
import { type Ctx, type Entry, newCtx } from '#src/context.ts';
import type { AppEnv } from './app-env.ts';
import { configuration } from './configuration.ts';

/** What verbs are handed for this request; `entry` says how it came in. */
export function requestContext(c: Context<AppEnv>, entry: Entry): Ctx {
  const { origin, keys } = configuration(c.env);
  return newCtx({
    db: connect(c.env.DATABASE_URL, c.var.requestId),
    entry,
    now: new Date(),
    requestId: c.var.requestId,
    origin,
    keys,
  });
}

/** As many messages as a queue takes at once. */
const SEND_MAX = 100;

/**
 * Tells the queues what this request has left to send. A lost message costs a minute: the sweep finds the row.
 */
export function announceDue(c: Context<AppEnv>): void {
  if (c.error) return;
  c.executionCtx.waitUntil(announce(c.env, c.var.ctx.due));
}

/** The same for what a job has left. */
export async function announce(env: Env, { mails, deliveries }: Ctx['due']): Promise<void> {
  for (let from = 0; from < mails.length; from += SEND_MAX) {
    const part = mails.slice(from, from + SEND_MAX);
    await env.MAIL_QUEUE.sendBatch(part.map((messageId) => ({ body: { messageId } })));
  }
  for (let from = 0; from < deliveries.length; from += SEND_MAX) {
    const part = deliveries.slice(from, from + SEND_MAX);
    await env.WEBHOOK_QUEUE.sendBatch(part.map((body) => ({ body })));
  }
}
