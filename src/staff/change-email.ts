import { and, eq, sql } from 'drizzle-orm';
import { users } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { parse } from '../lib/parse.ts';
import { isQueued, queueMail } from '../mail/queue-mail.ts';
import { system, tenant } from '../tenant.ts';
import { type Confirmation, confirmed } from './confirm-password.ts';
import { newEmailUrl, readLink, verifyEmailUrl } from './links.ts';
import { me } from './me.ts';
import { NewEmailInput } from './schema.ts';

/**
 * Mails a link to the new address; the account moves there once it is opened. Two round trips: the link carries the
 * account's version.
 * @returns false when no more mails may go there today
 * @throws AppError validation, forbidden (the password has to be asked again)
 */
export async function requestEmailChange(
  ctx: Ctx,
  raw: unknown,
  confirmation: Confirmation,
): Promise<boolean> {
  const { email } = parse(NewEmailInput, raw);
  const [, [user]] = await tenant(ctx, 'own_account:write').batch([
    confirmed(ctx, confirmation),
    ctx.db
      .select({ id: users.id, name: users.name, version: users.linkVersion })
      .from(users)
      .where(eq(users.id, me)),
  ]);
  if (!user) throw new AppError('not_found', 'Account not found.');
  const url = await newEmailUrl(ctx, { ...user, email });
  const [mail] = await tenant(ctx, 'own_account:write').batch([
    queueMail(ctx, email, 'confirm_new_email', { name: user.name, url }),
  ]);
  return isQueued(mail);
}

/**
 * Mails the link that proves the current address again.
 * @returns false when no more mails may go there today
 */
export async function requestEmailVerification(ctx: Ctx): Promise<boolean> {
  const [[user]] = await tenant(ctx, 'own_account:write').batch([
    ctx.db
      .select({ id: users.id, name: users.name, email: users.email })
      .from(users)
      .where(eq(users.id, me)),
  ]);
  if (!user) throw new AppError('not_found', 'Account not found.');
  const url = await verifyEmailUrl(ctx, user);
  const [mail] = await tenant(ctx, 'own_account:write').batch([
    queueMail(ctx, user.email, 'verify_email', { name: user.name, url }),
  ]);
  return isQueued(mail);
}

/** @returns false when the link is expired or the account has another address by now */
export async function verifyEmail(ctx: Ctx, token: string): Promise<boolean> {
  const claims = await readLink(ctx, 'staff_verify_email', token);
  if (!claims) return false;
  const isTheirs = and(eq(users.id, claims.userId), eq(users.email, claims.email));
  const [, rows] = await system(ctx, 'EmailVerified').batch([
    ctx.db.update(users).set({ emailVerified: true }).where(isTheirs),
    ctx.db.select({ id: users.id }).from(users).where(isTheirs),
  ]);
  return rows.length === 1;
}

/**
 * Moves the account to the address the link was mailed to, and tells the old one.
 * @returns false when the link is expired or used
 * @throws AppError conflict when somebody else has the address
 */
export async function confirmNewEmail(ctx: Ctx, token: string): Promise<boolean> {
  const claims = await readLink(ctx, 'staff_new_email', token);
  if (!claims) return false;
  const [[before]] = await system(ctx).batch([
    ctx.db
      .select({ email: users.email, name: users.name, version: users.linkVersion })
      .from(users)
      .where(eq(users.id, claims.userId)),
  ]);
  if (before?.version !== claims.version) return false;
  const [, moved] = await system(ctx, 'EmailChanged').batch([
    // Before the address is another's: to one that is proved, this mail is never withheld.
    queueMail(ctx, before.email, 'email_changed', { name: before.name, email: claims.email }),
    ctx.db
      .update(users)
      .set({ email: claims.email, emailVerified: true, linkVersion: sql`${users.linkVersion} + 1` })
      .where(and(eq(users.id, claims.userId), eq(users.linkVersion, claims.version)))
      .returning({ id: users.id }),
  ]);
  return moved.length === 1;
}
