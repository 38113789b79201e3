import { and, eq, isNull, sql } from 'drizzle-orm';
import { type Id, isId } from '#db/ids.ts';
import { contacts, customerSessions } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { ForgotPasswordInput, ResetPasswordInput } from '../lib/password-forms.ts';
import type { PasswordHasher } from '../lib/password.ts';
import { parse } from '../lib/parse.ts';
import { accountByEmail, accountOf } from '../storefront/accounts.ts';
import { inviteUrl, readLink } from '../storefront/links.ts';
import { newCustomerSession } from '../storefront/sessions.ts';
import { visit } from '../tenant.ts';
import { inviteAgain } from './invite-again.ts';

/** Whether the invitation still works: the newest one, not used, not expired, and of this store. */
export async function isInviteGood(ctx: Ctx, token: string): Promise<boolean> {
  const invited = await readInvite(ctx, token);
  const [rows] = await visit(ctx).batch([
    ctx.db.select({ id: contacts.id }).from(contacts).where(isInvited(ctx, invited)),
  ]);
  return rows.length === 1;
}

/**
 * The invited person's first password, once a link: that signs them in, and proves the mailbox if the link was mailed.
 * @returns the session, or null when the link is expired, replaced, used, or of another store
 * @throws AppError validation, not_found (no such store)
 */
export async function setUpPassword(
  ctx: Ctx,
  hasher: PasswordHasher,
  token: string,
  raw: unknown,
  userAgent: string,
): Promise<Id<'session'> | null> {
  const { newPassword } = parse(ResetPasswordInput, raw);
  const invited = await readInvite(ctx, token);
  const passwordHash = await hasher.hash(newPassword);
  const { id: contactId } = invited;
  const session = newCustomerSession(ctx, { customerId: 'cus_', contactId, userAgent });
  const [done] = await visit(ctx, 'CustomerContactJoined', { id: contactId }).batch([
    ctx.db
      .update(contacts)
      .set({
        passwordHash,
        ...(invited.mailed && { emailVerified: true }),
        linkVersion: sql`${contacts.linkVersion} + 1`,
      })
      .where(isInvited(ctx, invited))
      .returning({ id: contacts.id }),
    // Only if it is this password that was set: a used link signs nobody in.
    ctx.db.execute(sql`
      insert into ${customerSessions} (id, company_id, customer_id, contact_id, user_agent, created_at, expires_at)
      select ${session.id}, company_id, customer_id, id, ${session.userAgent}, ${ctx.now.toISOString()}::timestamptz,
        ${session.expiresAt.toISOString()}::timestamptz
      from ${contacts}
      where company_id = ${companyId(ctx)} and id = ${contactId} and password_hash = ${passwordHash}
    `),
  ]);
  return done.length === 1 ? session.id : null;
}

/**
 * Mails a fresh invitation to somebody who has not chosen a password yet. Nobody learns whether there is such a person:
 * both ways answer the same after the same two round trips (decision 2).
 * @throws AppError validation, not_found (no such store)
 */
export async function requestInvite(ctx: Ctx, raw: unknown): Promise<void> {
  const { email } = parse(ForgotPasswordInput, raw);
  const [rows] = await visit(ctx).batch([accountByEmail(ctx, email)]);
  const account = accountOf(rows[0]);
  if (!account?.contactId || !account.active || account.passwordHash !== null) {
    await visit(ctx).batch([accountByEmail(ctx, email)]);
    return;
  }
  const { contactId: id, customerId: customer } = account;
  const url = await inviteUrl(ctx, { id, invitedAt: ctx.now }, 'mailbox');
  await visit(ctx, 'CustomerContactInviteResent', { id })
    .batch([inviteAgain(ctx, { customer, id, template: 'contact_new_link', url })])
    .catch((error: unknown) => {
      // They have chosen a password since, or are gone: nobody is told.
      if (!(error instanceof AppError)) throw error;
    });
}

type Invited = { id: Id<'contact'>; invitedAt: Date; mailed: boolean };

/** What the link says; one that says nothing is nobody's, so that whether there is such a store comes first. */
async function readInvite(ctx: Ctx, token: string): Promise<Invited> {
  const claims = await readLink(ctx, 'contact_invite', token);
  return claims && isId('contact', claims.accountId)
    ? { id: claims.accountId, invitedAt: new Date(claims.version), mailed: claims.mailed }
    : { id: 'con_', invitedAt: new Date(0), mailed: false };
}

function isInvited(ctx: Ctx, { id, invitedAt }: Invited) {
  return and(
    eq(contacts.companyId, companyId(ctx)),
    eq(contacts.id, id),
    eq(contacts.invitedAt, invitedAt),
    isNull(contacts.passwordHash),
    contacts.active,
  );
}
