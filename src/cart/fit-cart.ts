import { sql } from 'drizzle-orm';
import { type Ctx, companyId } from '../context.ts';
import { inMyCart } from './queries.ts';

/**
 * The queries of a batch that make the person's cart one that can be ordered: what is gone or out of stock is taken out,
 * and of what is short there is as much as is left.
 */
export function fitCartToStock(ctx: Ctx) {
  const ofProduct = sql`p.company_id = ${companyId(ctx)} and p.id = cart_lines.product_id`;
  const stock = sql`s.company_id = ${companyId(ctx)} and s.product_id = cart_lines.product_id`;
  return [
    ctx.db.execute(sql`
      delete from cart_lines using products p, stock_levels s
      where ${inMyCart(ctx)} and ${ofProduct} and ${stock} and (not p.active or s.on_hand = 0)`),
    ctx.db.execute(sql`
      update cart_lines set quantity = s.on_hand from stock_levels s
      where ${inMyCart(ctx)} and ${stock} and s.on_hand < cart_lines.quantity`),
  ] as const;
}
