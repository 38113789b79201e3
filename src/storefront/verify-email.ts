import type { Ctx, CustomerViewer } from '../context.ts';
import { isQueued, queueMail } from '../mail/queue-mail.ts';
import { tenant, visit } from '../tenant.ts';
import { accountById, updateLogin } from './accounts.ts';
import { readLink, verifyEmailUrl } from './links.ts';

/**
 * Marks the mailbox as proved, as often as the link is opened.
 * @returns false when the link is expired or of another store
 */
export async function verifyCustomerEmail(ctx: Ctx, token: string): Promise<boolean> {
  const claims = await readLink(ctx, 'customer_verify_email', token);
  if (!claims) return false;
  const { accountId } = claims;
  const [, rows] = await visit(ctx, 'CustomerEmailVerified', { id: accountId }).batch([
    updateLogin(ctx, accountId, { emailVerified: true }),
    accountById(ctx, accountId),
  ]);
  return rows.length === 1;
}

/**
 * Mails the link that proves the address again.
 * @returns false when no more mails may go there today
 */
export async function requestCustomerVerification(ctx: Ctx, me: CustomerViewer): Promise<boolean> {
  const url = await verifyEmailUrl(ctx, me.contactId ?? me.customerId);
  const [mail] = await tenant(ctx, 'own_login:write').batch([
    queueMail(ctx, me.email, 'customer_verify_email', { name: me.name ?? me.email, url }),
  ]);
  return isQueued(mail);
}
