import { sql } from 'drizzle-orm';
import { newId } from '#db/ids.ts';
import { contacts } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { parse } from '../lib/parse.ts';
import { isQueued, queueMail } from '../mail/queue-mail.ts';
import { inviteUrl } from '../storefront/links.ts';
import { tenant } from '../tenant.ts';
import { ContactInput } from './schema.ts';
import type { Owner } from '../storefront/me.ts';

/**
 * A further person under a customer, and the mail with the link that lets them choose a password (valid 7 days).
 * @returns whether the mail is on its way; the link can be copied all the same
 * @throws AppError validation, conflict (the email has an account at this store), rule (the person who invites has to confirm
 *   their own email first), not_found (no such customer)
 */
export async function inviteContact(ctx: Ctx, customer: Owner, raw: unknown): Promise<boolean> {
  const { email, name = null, role } = parse(ContactInput, raw);
  const contact = { id: newId('contact'), invitedAt: ctx.now };
  const url = await inviteUrl(ctx, contact, 'mailbox');
  const [, , mail] = await tenant(ctx, 'contacts:write').batch([
    ctx.db
      .select({ checked: sql`check_invitation(${customer})`.as('checked') })
      .from(sql`(values (1)) v`),
    ctx.db
      .insert(contacts)
      .values({ ...contact, companyId: companyId(ctx), customerId: customer, email, name, role }),
    queueMail(ctx, email, 'contact_invite', { url }),
  ]);
  return isQueued(mail);
}
