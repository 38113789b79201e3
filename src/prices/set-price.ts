import { and, eq } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { priceOverrides } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { tenant } from '../tenant.ts';
import { ofCustomer, overrideOf, type PriceOverride } from './queries.ts';
import type { CustomerPriceForm } from './schema.ts';

export type SetPriceResult =
  | { ok: true; changed: boolean; current: PriceOverride }
  /** Somebody else was quicker: nothing was written, and this is the price now; null = they removed it. */
  | { ok: false; reason: 'changed_meanwhile'; current: PriceOverride | null };

/**
 * Gives a customer their own price for a product, or changes it: one row, effective with the next page and order.
 * @throws AppError not_found (customer or product)
 */
export async function setPrice(
  ctx: Ctx,
  customer: Id<'customer'>,
  product: Id<'product'>,
  { price, seen }: CustomerPriceForm,
): Promise<SetPriceResult> {
  const isIt = and(ofCustomer(ctx, customer), eq(priceOverrides.productId, product));
  const write =
    seen === null
      ? ctx.db
          .insert(priceOverrides)
          .values({
            companyId: companyId(ctx),
            customerId: customer,
            productId: product,
            priceCents: price,
          })
          .onConflictDoNothing()
          .returning({ cents: priceOverrides.priceCents })
      : ctx.db
          .update(priceOverrides)
          .set({ priceCents: price, updatedAt: ctx.now })
          .where(and(isIt, eq(priceOverrides.priceCents, seen)))
          .returning({ cents: priceOverrides.priceCents });
  const [written, [current]] = await tenant(ctx, 'customers:write').batch([
    write,
    overrideOf(ctx, customer, product),
  ]);
  if (current?.ownCents !== price) {
    return { ok: false, reason: 'changed_meanwhile', current: current ?? null };
  }
  return { ok: true, changed: written.length > 0, current };
}
