import { deletePastUses } from '#src/daily-uses/delete-past-uses.ts';
import { deleteOldMails, findOverdueMails } from '#src/mail/queries.ts';
import { deleteExpiredSessions } from '#src/staff/sessions.ts';
import { deleteExpiredCustomerSessions } from '#src/storefront/sessions.ts';
import { jobContext } from '../job-context.ts';
import { logError } from '../log.ts';
import { sweepImports } from './import-consumer.ts';
import { sweepWebhooks } from './webhook-consumer.ts';

/** Once a minute: what a lost queue message left behind, and what has expired. */
export async function sweep(env: Env): Promise<void> {
  const parts = [
    sweepMails(env),
    sweepImports(env),
    sweepWebhooks(env),
    deleteExpiredSessions(jobContext(env)),
    deleteExpiredCustomerSessions(jobContext(env)),
    deletePastUses(jobContext(env)),
  ];
  await Promise.all(parts.map((part) => part.catch(report)));
}

function report(error: unknown): never {
  logError('sweep failed', { error });
  throw error;
}

async function sweepMails(env: Env): Promise<void> {
  const ctx = jobContext(env);
  await deleteOldMails(ctx);
  const mails = await findOverdueMails(ctx);
  if (mails.length > 0) {
    await env.MAIL_QUEUE.sendBatch(mails.map((messageId) => ({ body: { messageId } })));
  }
}
