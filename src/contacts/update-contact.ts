import type { Id } from '#db/ids.ts';
import { and, eq } from 'drizzle-orm';
import { contacts } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { tenant } from '../tenant.ts';
import { contactNotFound, thisContact } from './queries.ts';
import type { ContactForm } from './schema.ts';
import type { Owner } from '../storefront/me.ts';

/**
 * Changes name, role and whether the person may log in; switched off, they are out at their next request.
 * @returns false when they already were as asked
 * @throws AppError not_found, conflict (somebody else saved first: nothing is written)
 */
export async function updateContact(
  ctx: Ctx,
  customer: Owner,
  id: Id<'contact'>,
  { version, ...fields }: ContactForm,
): Promise<boolean> {
  const isIt = thisContact(ctx, customer, id);
  const [updated, [current]] = await tenant(ctx, 'contacts:write').batch([
    ctx.db
      .update(contacts)
      .set(fields)
      .where(and(isIt, eq(contacts.version, version)))
      .returning({ id: contacts.id }),
    ctx.db
      .select({ name: contacts.name, role: contacts.role, active: contacts.active })
      .from(contacts)
      .where(isIt),
  ]);
  if (!current) throw contactNotFound();
  if (updated.length > 0) return true;
  const asAsked =
    current.name === fields.name &&
    current.role === fields.role &&
    current.active === fields.active;
  if (asAsked) return false;
  throw new AppError(
    'conflict',
    'Somebody else has changed this contact meanwhile. Look at it again, and repeat your change if it is still needed.',
  );
}
