import type { Id } from '#db/ids.ts';
import { addresses } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { myCustomer } from '../storefront/me.ts';
import { tenant } from '../tenant.ts';
import { addressNotFound, thisAddress } from './queries.ts';

/**
 * Removes an address of the customer who is signed in; orders keep what was written on them.
 * @throws AppError not_found
 */
export async function deleteAddress(ctx: Ctx, id: Id<'address'>): Promise<void> {
  const [removed] = await tenant(ctx, 'addresses:write').batch([
    ctx.db
      .delete(addresses)
      .where(thisAddress(ctx, myCustomer, id))
      .returning({ id: addresses.id }),
  ]);
  if (removed.length === 0) throw addressNotFound();
}
