import { and, eq, getTableColumns, lte, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { outbox } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { backoff } from '../lib/backoff.ts';
import { system } from '../tenant.ts';
import { MailError, type MailProvider } from './mail-provider.ts';
import { senderOf } from './queries.ts';
import { completed, renderMail, type TemplateData, type TemplateName } from './templates.ts';

/** About a day of tries: a provider's bad night must not lose a mail. */
const MAX_ATTEMPTS = 12;
const BACKOFF = { base: 30, cap: 4 * 3600 };
/** While one consumer is at it, a duplicate message finds nothing to do. */
const CLAIM = sql`now() + interval '1 minute'`;

/**
 * Sends one mail of the outbox, at most one consumer at a time.
 * @returns seconds until the next try, or null when there is nothing left to do
 */
export async function deliverMail(
  ctx: Ctx,
  id: Id<'message'>,
  send: MailProvider,
): Promise<{ retryIn: number } | null> {
  const [[mail]] = await system(ctx).batch([
    ctx.db
      .update(outbox)
      .set({ attempts: sql`${outbox.attempts} + 1`, nextAttemptAt: CLAIM })
      .where(
        and(eq(outbox.id, id), eq(outbox.state, 'pending'), lte(outbox.nextAttemptAt, sql`now()`)),
      )
      .returning({ ...getTableColumns(outbox), sender: senderOf }),
  ]);
  if (!mail) return null;
  try {
    const name = mail.template as TemplateName;
    await send({
      id,
      to: mail.recipient,
      ...renderMail(
        name,
        completed(mail.data, mail.sender) as TemplateData<typeof name>,
        mail.sender,
      ),
    });
  } catch (error) {
    const lost = (error instanceof MailError && error.permanent) || mail.attempts >= MAX_ATTEMPTS;
    const retryIn = backoff(mail.attempts, BACKOFF);
    await settle(ctx, id, {
      state: lost ? 'failed' : 'pending',
      error: String(error),
      nextAttemptAt: sql`now() + make_interval(secs => ${retryIn})`,
    });
    return lost ? null : { retryIn };
  }
  await settle(ctx, id, { state: 'sent', sentAt: ctx.now, error: null });
  return null;
}

async function settle(
  ctx: Ctx,
  id: Id<'message'>,
  change: Parameters<ReturnType<typeof ctx.db.update<typeof outbox>>['set']>[0],
): Promise<void> {
  await system(ctx).batch([ctx.db.update(outbox).set(change).where(eq(outbox.id, id))]);
}
