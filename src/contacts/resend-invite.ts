import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { inviteUrl } from '../storefront/links.ts';
import type { Owner } from '../storefront/me.ts';
import { tenant } from '../tenant.ts';
import { inviteAgain } from './invite-again.ts';

/**
 * A new invitation, valid 7 days from now; the links sent before stop working.
 * @returns false when it may not be mailed now: the links sent before keep working
 * @throws AppError not_found, conflict (they have chosen a password already)
 */
export async function resendInvite(ctx: Ctx, customer: Owner, id: Id<'contact'>): Promise<boolean> {
  const url = await inviteUrl(ctx, { id, invitedAt: ctx.now }, 'mailbox');
  const [[row]] = await tenant(ctx, 'contacts:write', 'CustomerContactInviteResent').batch([
    inviteAgain(ctx, { customer, id, template: 'contact_invite', url }),
  ]);
  return row?.mailed === true;
}
