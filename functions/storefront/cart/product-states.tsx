import type { Context } from 'hono';
import type { Id } from '#db/ids.ts';
import type { SetCart, TypedLine } from '#src/cart/set-cart-lines.ts';
import type { AppEnv } from '../../app-env.ts';
import { CartCount } from '../../views/store-layout.tsx';
import { BuyState, type RefusedQuantity } from '../catalog/buy-form.tsx';

/** A product that is not for sale any more does not tell its name. */
const NOT_FOR_SALE = { name: 'this product', onHand: 0 };

/** What the catalog's script puts into the page: the state of each product that was set, and the number beside the cart. */
export function productStates(
  c: Context<AppEnv>,
  { lines, products }: SetCart,
  refused: ReadonlyMap<Id<'product'>, RefusedQuantity>,
  set: readonly TypedLine[],
): Response | Promise<Response> {
  const inCart = new Map(lines.map((line) => [line.productId, line]));
  const ids = new Set(set.map(({ product }) => product));
  return c.html(
    <>
      {[...ids].map((id) => {
        const line = inCart.get(id);
        const { name, onHand } = line ?? products.get(id) ?? NOT_FOR_SALE;
        const product = { id, name, onHand, inCart: line?.quantity ?? null };
        return <BuyState product={product} refused={refused.get(id)} />;
      })}
      <CartCount lines={lines.length} />
    </>,
    refused.size > 0 ? 422 : 200,
  );
}
