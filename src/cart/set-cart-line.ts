import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { type SetCart, setCartLines } from './set-cart-lines.ts';

/**
 * Sets how much of one product is in the person's cart, as `setCartLines` does.
 * @throws AppError rule: the quantity was not taken
 */
export async function setCartLine(
  ctx: Ctx,
  product: Id<'product'>,
  { quantity }: { quantity: string },
): Promise<SetCart> {
  const cart = await setCartLines(ctx, [{ product, quantity }]);
  const refusal = cart.refused.get(product);
  if (refusal !== undefined) throw new AppError('rule', refusal);
  return cart;
}
