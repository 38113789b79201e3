import { type Id, isId } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { DAY_MS, HOUR_MS } from '../lib/durations.ts';
import { signToken, verifyToken } from '../lib/tokens.ts';

const DAYS_7_MS = 7 * DAY_MS;

type User = { id: Id<'user'>; email: string };

/** What a link in a mail proves: whose it is, which address it went to, and (where it works once) which version. */
export type LinkClaims = { userId: Id<'user'>; email: string; version: number };

/** Proves the mailbox; valid 7 days. */
export function verifyEmailUrl(ctx: Ctx, user: User): Promise<string> {
  return link(ctx, 'verify-email', 'staff_verify_email', { ...user, version: 0 }, DAYS_7_MS);
}

/** Moves the account to `user.email` when opened; valid 7 days, unless another link was used since. */
export function newEmailUrl(ctx: Ctx, user: User & { version: number }): Promise<string> {
  return link(ctx, 'confirm-email', 'staff_new_email', user, DAYS_7_MS);
}

/** Sets a new password, once; valid one hour. */
export function resetPasswordUrl(ctx: Ctx, user: User & { version: number }): Promise<string> {
  return link(ctx, 'reset-password', 'staff_reset_password', user, HOUR_MS);
}

export type LinkPurpose = 'staff_verify_email' | 'staff_new_email' | 'staff_reset_password';

/** What the link's token says, or null when it is forged, expired or for something else. */
export async function readLink(
  ctx: Ctx,
  purpose: LinkPurpose,
  token: string,
): Promise<LinkClaims | null> {
  const claims = await verifyToken(ctx.keys, purpose, token, ctx.now);
  const { sub, email, version } = claims ?? {};
  if (typeof sub !== 'string' || !isId('user', sub)) return null;
  if (typeof email !== 'string' || typeof version !== 'number') return null;
  return { userId: sub, email, version };
}

async function link(
  ctx: Ctx,
  path: string,
  purpose: LinkPurpose,
  { id, email, version }: User & { version: number },
  validMs: number,
): Promise<string> {
  const expiresAt = new Date(ctx.now.getTime() + validMs);
  const token = await signToken(ctx.keys, purpose, { sub: id, email, version }, expiresAt);
  return `${ctx.origin}/${path}/${token}`;
}
