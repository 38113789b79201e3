import type { Ctx } from '../context.ts';
import { isQueued, queueMail } from '../mail/queue-mail.ts';
import { tenant, visit } from '../tenant.ts';
import { accountById, updateLogin } from './accounts.ts';
import { type AccountId, readLink, verifyEmailUrl } from './links.ts';

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

/** Whose address is to be proved. */
export interface Unproven {
  accountId: AccountId;
  email: string;
  name: string;
}

/**
 * Mails the link that proves an address of the customer's again.
 * @returns false when no more mails may go there today
 */
export async function requestCustomerVerification(
  ctx: Ctx,
  { accountId, email, name }: Unproven,
): Promise<boolean> {
  const url = await verifyEmailUrl(ctx, accountId);
  const [mail] = await tenant(ctx, 'own_login:write').batch([
    queueMail(ctx, email, 'customer_verify_email', { name, url }),
  ]);
  return isQueued(mail);
}
