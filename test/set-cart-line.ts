import type { Id } from '#db/ids.ts';
import { type SetCart, setCartLines } from '#src/cart/set-cart-lines.ts';
import type { Ctx } from '#src/context.ts';
import { AppError } from '#src/lib/errors.ts';

/**
 * Sets how much of one product is in the person's cart, as the cart's form does.
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
