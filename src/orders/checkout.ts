import { type Address, addressesOf } from '../addresses/queries.ts';
import { fitCartToStock } from '../cart/fit-cart.ts';
import { type Cart, cartFrom, cartOf } from '../cart/queries.ts';
import type { Ctx } from '../context.ts';
import { emailToConfirm } from '../storefront/email-to-confirm.ts';
import { myCustomer } from '../storefront/me.ts';
import { tenant } from '../tenant.ts';

/** All that the checkout shows. */
export interface Checkout {
  cart: Cart;
  /** The default first. */
  addresses: Address[];
  /** What the person has to confirm before they order more; null = they may order. */
  emailToConfirm: string | null;
}

/** The person's cart, about to be ordered. */
export async function getCheckout(ctx: Ctx): Promise<Checkout> {
  return checkoutFrom(...(await tenant(ctx, 'own_orders:write').batch(asked(ctx))));
}

/** Changes the person's cart to what is left of everything in it, and reads it. */
export async function fitCheckout(ctx: Ctx): Promise<Checkout> {
  const [, , ...answers] = await tenant(ctx, 'own_orders:write').batch([
    ...fitCartToStock(ctx),
    ...asked(ctx),
  ]);
  return checkoutFrom(...answers);
}

function asked(ctx: Ctx) {
  return [...cartOf(ctx), addressesOf(ctx, myCustomer), emailToConfirm(ctx)] as const;
}

type Answers = { [Index in 0 | 1 | 2 | 3]: Awaited<ReturnType<typeof asked>[Index]> };

function checkoutFrom(
  lines: Answers[0],
  totals: Answers[1],
  addresses: Answers[2],
  [limit]: Answers[3],
): Checkout {
  return { cart: cartFrom(lines, totals), addresses, emailToConfirm: limit?.email ?? null };
}
