import { and, desc, eq } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { addresses } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import type { Owner } from '../storefront/me.ts';

const addressColumns = {
  id: addresses.id,
  label: addresses.label,
  line1: addresses.line1,
  line2: addresses.line2,
  city: addresses.city,
  region: addresses.region,
  postalCode: addresses.postalCode,
  country: addresses.country,
  isDefault: addresses.isDefault,
};

export type Address = Pick<typeof addresses.$inferSelect, keyof typeof addressColumns>;

const LISTED = 200;

/** A customer's addresses, for a batch: the default first. */
export function addressesOf(ctx: Ctx, customer: Owner) {
  return ctx.db
    .select(addressColumns)
    .from(addresses)
    .where(and(eq(addresses.companyId, companyId(ctx)), eq(addresses.customerId, customer)))
    .orderBy(desc(addresses.isDefault), addresses.id)
    .limit(LISTED);
}

export function thisAddress(ctx: Ctx, customer: Owner, id: Id<'address'>) {
  return and(
    eq(addresses.companyId, companyId(ctx)),
    eq(addresses.customerId, customer),
    eq(addresses.id, id),
  );
}

export function addressNotFound(): AppError {
  return new AppError('not_found', 'Address not found.');
}
