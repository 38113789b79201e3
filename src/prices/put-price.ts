import { sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { priceOverrides } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { parse } from '../lib/parse.ts';
import { tenant } from '../tenant.ts';
import { overrideOf, type PriceOverride } from './queries.ts';
import { PriceInput } from './schema.ts';

/**
 * Gives a customer this price for a product, whatever there was before. One that is the same already writes nothing.
 * @throws AppError validation, not_found (customer or product)
 */
export async function putPrice(
  ctx: Ctx,
  customer: Id<'customer'>,
  product: Id<'product'>,
  raw: unknown,
): Promise<PriceOverride> {
  const door = tenant(ctx, 'customers:write');
  const priceCents = Math.round(parse(PriceInput, raw).price * 100);
  const [, [price]] = await door.batch([
    ctx.db
      .insert(priceOverrides)
      .values({ companyId: companyId(ctx), customerId: customer, productId: product, priceCents })
      .onConflictDoUpdate({
        target: [priceOverrides.companyId, priceOverrides.customerId, priceOverrides.productId],
        set: { priceCents },
        setWhere: sql`${priceOverrides.priceCents} <> ${priceCents}`,
      }),
    overrideOf(ctx, customer, product),
  ]);
  if (!price) throw new Error('The price that was set is not there.');
  return price;
}
