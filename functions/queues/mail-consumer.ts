import { z } from 'zod';
import type { Id } from '#db/ids.ts';
import { deliverMail } from '#src/mail/deliver-mail.ts';
import { httpMailProvider } from '#src/mail/http-mail-provider.ts';
import { keepInOutbox, type MailProvider } from '#src/mail/mail-provider.ts';
import { jobContext } from '../job-context.ts';
import type { Outcome } from './consume.ts';

export const MailMessage = z.object({
  messageId: z.custom<Id<'message'>>((id) => typeof id === 'string'),
});
export type MailMessage = z.infer<typeof MailMessage>;

/** One mail is due: its row says which, to whom, and whether it has been sent already. */
export async function consumeMail(env: Env, { messageId }: MailMessage): Promise<Outcome> {
  return (await deliverMail(jobContext(env), messageId, mailProvider(env))) ?? 'done';
}

function mailProvider(env: Env): MailProvider {
  if (env.MAIL_PROVIDER === 'outbox') return keepInOutbox;
  return httpMailProvider({ url: env.MAIL_API_URL, key: env.MAIL_API_KEY, from: env.MAIL_FROM });
}
