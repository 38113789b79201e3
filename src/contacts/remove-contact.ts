import type { Id } from '#db/ids.ts';
import { contacts } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { tenant } from '../tenant.ts';
import { contactNotFound, thisContact } from './queries.ts';
import type { Owner } from '../storefront/me.ts';

/**
 * Takes a person's access away for good: they are out at their next request, and their email is free again.
 * @throws AppError not_found
 */
export async function removeContact(ctx: Ctx, customer: Owner, id: Id<'contact'>): Promise<void> {
  const [removed] = await tenant(ctx, 'contacts:write', 'CustomerContactRemoved').batch([
    ctx.db
      .delete(contacts)
      .where(thisContact(ctx, customer, id))
      .returning({ id: contacts.id }),
  ]);
  if (removed.length === 0) throw contactNotFound();
}
