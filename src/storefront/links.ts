import { type Id, isId } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { DAY_MS, HOUR_MS } from '../lib/durations.ts';
import { signToken, verifyToken } from '../lib/tokens.ts';

const DAYS_7_MS = 7 * DAY_MS;

export type AccountId = Id<'customer'> | Id<'contact'>;
export type LinkPurpose = 'customer_verify_email' | 'customer_reset_password' | 'contact_invite';

/** What a link says: whose account it is, and which version of it. */
export type LinkClaims = { accountId: AccountId; version: number };
/** `mailed`: the link was shown to nobody but the mailbox's owner, so following it proves the mailbox. */
type ReadClaims = LinkClaims & { mailed: boolean };

/** Whether the invitation made then is too old to be followed. */
export function isInviteExpired({ now }: Ctx, invitedAt: Date): boolean {
  return invitedAt.getTime() + DAYS_7_MS <= now.getTime();
}

/** Proves the mailbox; valid 7 days. */
export function verifyEmailUrl(ctx: Ctx, accountId: AccountId): Promise<string> {
  return link(ctx, 'verify-email', 'customer_verify_email', { accountId, version: 0 }, DAYS_7_MS);
}

/** Sets a password, once; valid one hour. */
export function resetPasswordUrl(ctx: Ctx, account: LinkClaims): Promise<string> {
  return link(ctx, 'reset', 'customer_reset_password', account, HOUR_MS);
}

/**
 * Sets a contact's first password, once; valid 7 days from `invitedAt`, which is also its version: an invitation made
 * later makes this one worthless, and the link can be shown again at any time.
 * @param to the invited person's mailbox, or the page of those who may copy the link: that one proves no mailbox
 */
export function inviteUrl(
  ctx: Ctx,
  { id, invitedAt }: { id: Id<'contact'>; invitedAt: Date },
  to: 'mailbox' | 'page',
): Promise<string> {
  const made = { ...ctx, now: invitedAt };
  const claims = { accountId: id, version: invitedAt.getTime(), mailed: to === 'mailbox' };
  return link(made, 'setup-password', 'contact_invite', claims, DAYS_7_MS);
}

/** What the link's token says, or null when it is forged, expired or for something else. */
export async function readLink(
  ctx: Ctx,
  purpose: LinkPurpose,
  token: string,
): Promise<ReadClaims | null> {
  const { sub, version, mailed } = (await verifyToken(ctx.keys, purpose, token, ctx.now)) ?? {};
  if (typeof sub !== 'string' || typeof version !== 'number') return null;
  if (!isId('customer', sub) && !isId('contact', sub)) return null;
  return { accountId: sub, version, mailed: mailed === true };
}

/** The slug is filled in when the mail is written out (src/mail/templates.ts), or by who shows the link. */
async function link(
  ctx: Ctx,
  path: string,
  purpose: LinkPurpose,
  { accountId: sub, ...claims }: LinkClaims & { mailed?: boolean },
  validMs: number,
): Promise<string> {
  const expiresAt = new Date(ctx.now.getTime() + validMs);
  const token = await signToken(ctx.keys, purpose, { sub, ...claims }, expiresAt);
  return `${ctx.origin}/store/{slug}/${path}/${token}`;
}
