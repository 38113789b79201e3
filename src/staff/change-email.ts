import { and, eq, sql } from 'drizzle-orm';
import { users } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { parse } from '../lib/parse.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { system, tenant } from '../tenant.ts';
import { newEmailUrl, readLink, verifyEmailUrl } from './links.ts';
import { me } from './me.ts';
import { NewEmailInput } from './schema.ts';

/**
 * Mails a link to the new address; the account moves there once it is opened. Two round trips: the link carries the
 * account's version.
 * @throws AppError validation
 */
export async function requestEmailChange(ctx: Ctx, raw: unknown): Promise<void> {
  const { email } = parse(NewEmailInput, raw);
  const [[user]] = await tenant(ctx, 'own_account:write').batch([
    ctx.db
      .select({ id: users.id, name: users.name, version: users.linkVersion })
      .from(users)
      .where(eq(users.id, me)),
  ]);
  if (!user) throw new AppError('not_found', 'Account not found.');
  const url = await newEmailUrl(ctx, { ...user, email });
  await tenant(ctx, 'own_account:write').batch([
    queueMail(ctx, email, 'confirm_new_email', { name: user.name, url }),
  ]);
}

/** Mails the link that proves the present address again. */
export async function requestEmailVerification(ctx: Ctx): Promise<void> {
  const [[user]] = await tenant(ctx, 'own_account:write').batch([
    ctx.db
      .select({ id: users.id, name: users.name, email: users.email })
      .from(users)
      .where(eq(users.id, me)),
  ]);
  if (!user) throw new AppError('not_found', 'Account not found.');
  const url = await verifyEmailUrl(ctx, user);
  await tenant(ctx, 'own_account:write').batch([
    queueMail(ctx, user.email, 'verify_email', { name: user.name, url }),
  ]);
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
  const [moved] = await system(ctx, 'EmailChanged').batch([
    ctx.db
      .update(users)
      .set({ email: claims.email, emailVerified: true, linkVersion: sql`${users.linkVersion} + 1` })
      .where(and(eq(users.id, claims.userId), eq(users.linkVersion, claims.version)))
      .returning({ id: users.id }),
    queueMail(ctx, before.email, 'email_changed', { name: before.name, email: claims.email }),
  ]);
  return moved.length === 1;
}
