import type { Context } from 'hono';
import type { Id } from '#db/ids.ts';
import type { Cart } from '#src/cart/queries.ts';
import type { AppEnv } from '../../app-env.ts';
import { CartCount } from '../../views/store-layout.tsx';
import { BuyState, type RefusedQuantity } from '../catalog/buy-form.tsx';

/** What a product's form in the catalogue swaps in: its own state, and the number beside the cart. */
export function cartFragment(
  c: Context<AppEnv>,
  product: Id<'product'>,
  { lines }: Cart,
  refused: RefusedQuantity | undefined,
): Response | Promise<Response> {
  const line = lines.find(({ productId }) => productId === product);
  const { name = '', onHand = 1, quantity = null } = line ?? {};
  return c.html(
    <>
      <BuyState product={{ id: product, name, onHand, inCart: quantity }} refused={refused} />
      <CartCount lines={lines.length} swap />
    </>,
    refused ? 422 : 200,
  );
}
