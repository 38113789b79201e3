import { and, eq, ne, sql } from 'drizzle-orm';
import { type Id, newId } from '#db/ids.ts';
import { addresses } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { parse } from '../lib/parse.ts';
import { myCustomer } from '../storefront/me.ts';
import { tenant } from '../tenant.ts';
import { addressNotFound, thisAddress } from './queries.ts';
import { AddressInput } from './schema.ts';

/**
 * A further address of the customer who is signed in, or a change of one. Made the default, it takes the place of the
 * one that was.
 * @param id null = a new one
 * @throws AppError validation, not_found
 */
export async function saveAddress(ctx: Ctx, id: Id<'address'> | null, raw: unknown): Promise<void> {
  const fields = parse(AddressInput, raw);
  const address = id ?? newId('address');
  // The former default gives way first: there is never more than one.
  const giveWay = ctx.db
    .update(addresses)
    .set({ isDefault: false })
    .where(
      and(
        eq(addresses.companyId, companyId(ctx)),
        eq(addresses.customerId, myCustomer),
        eq(addresses.isDefault, true),
        fields.isDefault ? ne(addresses.id, address) : sql`false`,
        // An address there is not changes nothing.
        id
          ? sql`exists (select from addresses a where a.company_id = ${companyId(ctx)} and a.customer_id = ${myCustomer} and a.id = ${id})`
          : undefined,
      ),
    );
  const write = id
    ? ctx.db
        .update(addresses)
        .set(fields)
        .where(thisAddress(ctx, myCustomer, id))
    : ctx.db.insert(addresses).values({
        ...fields,
        id: address,
        companyId: companyId(ctx),
        customerId: myCustomer,
      });
  const [, , found] = await tenant(ctx, 'addresses:write').batch([
    giveWay,
    write,
    ctx.db
      .select({ id: addresses.id })
      .from(addresses)
      .where(thisAddress(ctx, myCustomer, address)),
  ]);
  if (found.length === 0) throw addressNotFound();
}
