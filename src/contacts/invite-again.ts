import { sql } from 'drizzle-orm';
import { type Id, newId } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import type { Owner } from '../storefront/me.ts';

interface Again {
  customer: Owner;
  id: Id<'contact'>;
  template: 'contact_invite' | 'contact_new_link';
  /** `inviteUrl` of `ctx.now`. */
  url: string;
}

/**
 * A new invitation, valid 7 days from now, for a batch (db/sql/contacts.sql). The links sent before stop working if it is
 * mailed, which `mailed` of its row says.
 */
export function inviteAgain(ctx: Ctx, { customer, id, template, url }: Again) {
  const message = newId('message');
  ctx.due.mails.push(message);
  return ctx.db
    .select({
      mailed: sql<boolean>`invite_again(${customer}, ${id}, ${ctx.now.toISOString()}, ${message},
        ${template}, ${url})`.as('mailed'),
    })
    .from(sql`(values (1)) as once`);
}
