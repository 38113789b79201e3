import { sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { contacts } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { inviteUrl } from '../storefront/links.ts';
import { tenant } from '../tenant.ts';
import { thisContact } from './queries.ts';
import type { Owner } from '../storefront/me.ts';

/**
 * A new invitation, valid 7 days from now; the links sent before stop working.
 * @throws AppError not_found, conflict (they have chosen a password already)
 */
export async function resendInvite(ctx: Ctx, customer: Owner, id: Id<'contact'>): Promise<void> {
  const url = await inviteUrl(ctx, { id, invitedAt: ctx.now });
  // Asked first: it refuses what follows when there is nobody to invite.
  const recipient = sql<string>`invited_email(${customer}, ${id})`;
  await tenant(ctx, 'contacts:write', 'CustomerContactInviteResent').batch([
    queueMail(ctx, recipient, 'contact_invite', { url }),
    ctx.db
      .update(contacts)
      .set({ invitedAt: ctx.now })
      .where(thisContact(ctx, customer, id)),
  ]);
}
