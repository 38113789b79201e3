import { and, eq, sql } from 'drizzle-orm';
import { staffSessions, users } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import type { PasswordHasher } from '../lib/password.ts';
import { parse } from '../lib/parse.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { system } from '../tenant.ts';
import { readLink, resetPasswordUrl } from './links.ts';
import { ForgotPasswordInput, ResetPasswordInput } from '../lib/password-forms.ts';

/**
 * Mails a link that sets a new password, if the address has an account. The links mailed before stay good until one of them
 * is used: if a newer one ended them, a stranger who asks again and again would keep the owner out. Nobody learns whether it has: both ways answer
 * the same after the same two round trips (decision 3).
 * @throws AppError validation
 */
export async function requestPasswordReset(ctx: Ctx, raw: unknown): Promise<void> {
  const { email } = parse(ForgotPasswordInput, raw);
  const [[user]] = await system(ctx).batch([
    ctx.db
      .select({ id: users.id, email: users.email, name: users.name, version: users.linkVersion })
      .from(users)
      .where(eq(users.email, email)),
  ]);
  await system(ctx).batch([
    user
      ? queueMail(ctx, user.email, 'reset_password', {
          name: user.name,
          url: await resetPasswordUrl(ctx, user),
        })
      : ctx.db.select({ id: users.id }).from(users).where(eq(users.email, email)),
  ]);
}

/** Whether the link still sets a password: not expired, not used, and mailed to the account's address. */
export async function isResetLinkGood(ctx: Ctx, token: string): Promise<boolean> {
  const claims = await readLink(ctx, 'staff_reset_password', token);
  if (!claims) return false;
  const [[user]] = await system(ctx).batch([
    ctx.db
      .select({ version: users.linkVersion, email: users.email })
      .from(users)
      .where(eq(users.id, claims.userId)),
  ]);
  return user?.version === claims.version && user.email === claims.email;
}

/**
 * Sets the password, once a link: that proves the mailbox and signs all browsers out.
 * @returns false when the link is expired or used
 * @throws AppError validation
 */
export async function resetPassword(
  ctx: Ctx,
  hasher: PasswordHasher,
  token: string,
  raw: unknown,
): Promise<boolean> {
  const { newPassword } = parse(ResetPasswordInput, raw);
  const claims = await readLink(ctx, 'staff_reset_password', token);
  if (!claims) return false;
  const passwordHash = await hasher.hash(newPassword);
  const [reset] = await system(ctx, 'PasswordReset').batch([
    ctx.db
      .update(users)
      .set({ passwordHash, emailVerified: true, linkVersion: sql`${users.linkVersion} + 1` })
      .where(
        and(
          eq(users.id, claims.userId),
          eq(users.email, claims.email),
          eq(users.linkVersion, claims.version),
        ),
      )
      .returning({ id: users.id }),
    // Only if it is this password that was set: a used link signs nobody out.
    ctx.db.delete(staffSessions).where(
      sql`${staffSessions.userId} in (
          select ${users.id} from ${users} where ${users.id} = ${claims.userId} and ${users.passwordHash} = ${passwordHash}
        )`,
    ),
  ]);
  return reset.length === 1;
}
