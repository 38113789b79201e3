import type { Context } from 'hono';
import type { Id } from '#db/ids.ts';
import type { CartAndProduct } from '#src/cart/queries.ts';
import type { AppEnv } from '../../app-env.ts';
import { CartCount } from '../../views/store-layout.tsx';
import { BuyState, type RefusedQuantity } from '../catalog/buy-form.tsx';

/** What is not for sale any more keeps its name to itself. */
const NOT_FOR_SALE = { name: 'this product', onHand: 0 };

/** What a product's form in the catalogue swaps in: its own state, and the number beside the cart. */
export function cartFragment(
  c: Context<AppEnv>,
  id: Id<'product'>,
  { lines, product }: CartAndProduct,
  refused: RefusedQuantity | undefined,
): Response | Promise<Response> {
  const line = lines.find(({ productId }) => productId === id);
  const { name, onHand } = line ?? product ?? NOT_FOR_SALE;
  return c.html(
    <>
      <BuyState product={{ id, name, onHand, inCart: line?.quantity ?? null }} refused={refused} />
      <CartCount lines={lines.length} swap />
    </>,
    refused ? 422 : 200,
  );
}
