import { and, eq } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { priceOverrides } from '#db/schema/index.ts';
import { foundProduct, productById } from '../catalog/queries.ts';
import type { Ctx } from '../context.ts';
import { customerById, found as foundCustomer } from '../customers/queries.ts';
import { tenant } from '../tenant.ts';
import { ofCustomer } from './queries.ts';

/**
 * From now on the customer pays the catalogue's price again.
 * @returns whether there was a price of their own
 * @throws AppError not_found (customer or product)
 */
export async function removePrice(
  ctx: Ctx,
  customer: Id<'customer'>,
  product: Id<'product'>,
): Promise<boolean> {
  const [removed, customers, products] = await tenant(ctx, 'customers:write').batch([
    ctx.db
      .delete(priceOverrides)
      .where(and(ofCustomer(ctx, customer), eq(priceOverrides.productId, product)))
      .returning({ productId: priceOverrides.productId }),
    customerById(ctx, customer),
    productById(ctx, product),
  ]);
  foundCustomer(customers[0]);
  foundProduct(products[0]);
  return removed.length > 0;
}
