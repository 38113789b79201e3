import { cartLines } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { tenant } from '../tenant.ts';
import { inMyCart } from './queries.ts';

/** Empties the cart of whoever is signed in. */
export async function clearCart(ctx: Ctx): Promise<void> {
  await tenant(ctx, 'own_orders:write').batch([ctx.db.delete(cartLines).where(inMyCart(ctx))]);
}
