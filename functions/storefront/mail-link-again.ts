import type { Context } from 'hono';
import type { CustomerViewer } from '#src/context.ts';
import { requestCustomerVerification } from '#src/storefront/verify-email.ts';
import { beginAttempt, MAILED_ENOUGH, waitMessage } from '../accounts/throttle.ts';
import type { AppEnv } from '../app-env.ts';

/**
 * Mails the link that confirms a person's address again. An attempt is never given back: the mailbox it fills may be
 * somebody else's.
 * @returns what to say when there have been too many; null = the mail is on its way
 */
export async function mailLinkAgain(
  c: Context<AppEnv>,
  me: CustomerViewer,
): Promise<string | null> {
  const attempt = await beginAttempt(c, 'store-verify', me.contactId ?? me.customerId);
  if (!attempt.allowed) return waitMessage(c, attempt.retryAfter);
  return (await requestCustomerVerification(c.var.ctx, me)) ? null : MAILED_ENOUGH;
}
