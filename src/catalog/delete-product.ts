import { and, eq } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { products, stockLevels } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { tenant } from '../tenant.ts';
import { isProduct } from './queries.ts';

/**
 * Deletes a product that nobody has ordered yet, with its stock, its customers' prices and its lines in carts.
 * @returns what it was called, and its picture, which the caller deletes
 * @throws AppError not_found, rule (it was ordered before)
 */
export async function deleteProduct(
  ctx: Ctx,
  id: Id<'product'>,
): Promise<{ name: string; imageId: Id<'image'> | null }> {
  const [, , [deleted]] = await tenant(ctx, 'products:write').batch([
    // As imports lock the two, and the stock before the product goes for good, as orders hold stock while they ask that
    // it stays: any other way they could wait for each other.
    ctx.db
      .select({ id: products.id })
      .from(products)
      .where(isProduct(ctx, id))
      .for('no key update'),
    ctx.db
      .select({ onHand: stockLevels.onHand })
      .from(stockLevels)
      .where(and(eq(stockLevels.companyId, companyId(ctx)), eq(stockLevels.productId, id)))
      .for('update'),
    ctx.db
      .delete(products)
      .where(isProduct(ctx, id))
      .returning({ name: products.name, imageId: products.imageId }),
  ]);
  if (!deleted) throw new AppError('not_found', 'Product not found.');
  return deleted;
}
