import type { Ctx } from '../context.ts';
import type { PasswordHasher } from '../lib/password.ts';
import { ForgotPasswordInput, ResetPasswordInput } from '../lib/password-forms.ts';
import { parse } from '../lib/parse.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { visit } from '../tenant.ts';
import { accountByEmail, accountById, accountOf, updateLogin } from './accounts.ts';
import { readLink, resetPasswordUrl } from './links.ts';
import { endSessions } from './sessions.ts';

/**
 * Mails a link that sets a password, if the address has an account here: also how imported and API customers get their
 * first one (decision 2). The links mailed before stay good until one of them is used, as for the staff. Nobody learns whether it has: both ways answer the same after the same two round trips.
 * @throws AppError validation, not_found (no such store)
 */
export async function requestCustomerPasswordReset(ctx: Ctx, raw: unknown): Promise<void> {
  const { email } = parse(ForgotPasswordInput, raw);
  const [rows] = await visit(ctx).batch([accountByEmail(ctx, email)]);
  const account = accountOf(rows[0]);
  await visit(ctx).batch([
    account?.active
      ? queueMail(ctx, account.email, 'customer_reset_password', {
          url: await resetPasswordUrl(ctx, {
            accountId: account.id,
            version: account.linkVersion,
          }),
        })
      : accountByEmail(ctx, email),
  ]);
}

/** Whether the link still sets a password: not expired, not used, and of an account of this store. */
export async function isCustomerResetLinkGood(ctx: Ctx, token: string): Promise<boolean> {
  const claims = await readLink(ctx, 'customer_reset_password', token);
  // A link that says nothing is looked up as an account nobody has: whether there is such a store comes first.
  const [rows] = await visit(ctx).batch([accountById(ctx, claims?.accountId ?? 'cus_')]);
  const account = accountOf(rows[0]);
  return account?.active === true && account.linkVersion === claims?.version;
}

/**
 * Sets the password, once a link: that proves the mailbox and signs the account's browsers out.
 * @returns false when the link is expired, used, or of another store
 * @throws AppError validation, not_found (no such store)
 */
export async function resetCustomerPassword(
  ctx: Ctx,
  hasher: PasswordHasher,
  token: string,
  raw: unknown,
): Promise<boolean> {
  const { newPassword } = parse(ResetPasswordInput, raw);
  const claims = await readLink(ctx, 'customer_reset_password', token);
  if (!claims) return false;
  const { accountId, version } = claims;
  const passwordHash = await hasher.hash(newPassword);
  const [done] = await visit(ctx, 'CustomerPasswordReset', { id: accountId }).batch([
    updateLogin(ctx, accountId, { passwordHash, emailVerified: true }, { linkVersion: version }),
    endSessions(ctx, accountId, passwordHash),
  ]);
  return done.length === 1;
}
