import type { Context } from 'hono';
import { connect } from '#db/client.ts';
import type { Ctx, Entry } from '#src/context.ts';
import { parseKeys } from '#src/lib/tokens.ts';
import type { AppEnv } from './app-env.ts';

/** What verbs are handed for this request; `entry` says how it came in. */
export function requestContext(c: Context<AppEnv>, entry: Entry): Ctx {
  return {
    db: connect(c.env.DATABASE_URL, c.var.requestId),
    entry,
    now: new Date(),
    requestId: c.var.requestId,
    origin: c.env.PUBLIC_URL || new URL(c.req.url).origin,
    keys: parseKeys(c.env.SESSION_KEYS),
    staff: null,
    api: null,
    store: null,
    customer: null,
    due: [],
  };
}

/**
 * Tells the queues what this request has left in the outbox. A lost message costs a minute: the sweep finds the row.
 */
export function announceDue(c: Context<AppEnv>): void {
  const { due } = c.var.ctx;
  if (due.length === 0 || c.error) return;
  c.executionCtx.waitUntil(
    c.env.MAIL_QUEUE.sendBatch(due.map((messageId) => ({ body: { messageId } }))),
  );
}
