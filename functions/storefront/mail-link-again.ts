import type { Context } from 'hono';
import type { CustomerViewer } from '#src/context.ts';
import { requestCustomerVerification } from '#src/storefront/verify-email.ts';
import { beginAttempt, MAILED_ENOUGH, waitMessage } from '../accounts/throttle.ts';
import type { AppEnv } from '../app-env.ts';

/**
 * Mails the link that confirms an address again: the person's own, or their customer's, who has to confirm it first. An
 * attempt is never given back: the mailbox it fills may be somebody else's.
 * @returns what to say when there have been too many; null = the mail is on its way
 */
export async function mailLinkAgain(
  c: Context<AppEnv>,
  me: CustomerViewer,
  email = me.email,
): Promise<string | null> {
  const unproven =
    email === me.email
      ? { accountId: me.contactId ?? me.customerId, email, name: me.name ?? email }
      : { accountId: me.customerId, email, name: me.customerName };
  const attempt = await beginAttempt(c, 'store-verify', unproven.accountId);
  if (!attempt.allowed) return waitMessage(c, attempt.retryAfter);
  return (await requestCustomerVerification(c.var.ctx, unproven)) ? null : MAILED_ENOUGH;
}
