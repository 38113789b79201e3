import { type Address, addressesOf } from '../addresses/queries.ts';
import { fitCartToStock } from '../cart/fit-cart.ts';
import { type Cart, cartFrom, cartOf } from '../cart/queries.ts';
import type { Ctx } from '../context.ts';
import { myCustomer } from '../storefront/me.ts';
import { tenant } from '../tenant.ts';

/** All that the checkout shows. */
export interface Checkout {
  cart: Cart;
  /** The default first. */
  addresses: Address[];
}

/** The person's cart, about to be ordered. */
export async function getCheckout(ctx: Ctx): Promise<Checkout> {
  const [lines, totals, addresses] = await tenant(ctx, 'own_orders:write').batch(asked(ctx));
  return { cart: cartFrom(lines, totals), addresses };
}

/** Changes the person's cart to what is left of everything in it, and reads it. */
export async function fitCheckout(ctx: Ctx): Promise<Checkout> {
  const [, , lines, totals, addresses] = await tenant(ctx, 'own_orders:write').batch([
    ...fitCartToStock(ctx),
    ...asked(ctx),
  ]);
  return { cart: cartFrom(lines, totals), addresses };
}

function asked(ctx: Ctx) {
  return [...cartOf(ctx), addressesOf(ctx, myCustomer)] as const;
}
