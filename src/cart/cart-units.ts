import type { Id } from '#db/ids.ts';
import { cartLines } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { tenant } from '../tenant.ts';
import { inMyCart } from './queries.ts';

/** Units of each product in a cart; what is not in the cart is not in here. */
export type CartUnits = ReadonlyMap<Id<'product'>, number>;

/** The query of a batch that reads how much is in the person's cart; `cartUnitsFrom` takes its answer. */
export function cartUnitsOf(ctx: Ctx) {
  return ctx.db
    .select({ productId: cartLines.productId, quantity: cartLines.quantity })
    .from(cartLines)
    .where(inMyCart(ctx));
}

/** The units that the answer to `cartUnitsOf` makes. */
export function cartUnitsFrom(lines: Awaited<ReturnType<typeof cartUnitsOf>>): CartUnits {
  return new Map(lines.map(({ productId, quantity }) => [productId, quantity]));
}

/** How much is in the cart of whoever is signed in. */
export async function getCartUnits(ctx: Ctx): Promise<CartUnits> {
  const [lines] = await tenant(ctx, 'own_orders:write').batch([cartUnitsOf(ctx)]);
  return cartUnitsFrom(lines);
}
