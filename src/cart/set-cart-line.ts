import { and, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { cartLines } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { parse } from '../lib/parse.ts';
import { LINES_MAX } from '../orders/schema.ts';
import { myContact, myCustomer } from '../storefront/me.ts';
import { tenant } from '../tenant.ts';
import { type CartAndProduct, cartAndProductFrom, cartAndProductOf, inMyCart } from './queries.ts';
import { CartQuantity } from './schema.ts';

/**
 * Sets how much of a product is in the person's cart, however much was there: sent twice, it is the same. 0 takes it out.
 * @returns the cart as it is then, and the product
 * @throws AppError validation, not_found (no such product, or it is not for sale), rule (the cart is full)
 */
export async function setCartLine(
  ctx: Ctx,
  product: Id<'product'>,
  raw: unknown,
): Promise<CartAndProduct> {
  const { quantity } = parse(CartQuantity, raw);
  const write = quantity === 0 ? removed(ctx, product) : set(ctx, product, quantity);
  const [, ...answers] = await tenant(ctx, 'own_orders:write').batch([
    write,
    ...cartAndProductOf(ctx, product),
  ]);
  const cart = cartAndProductFrom(...answers);
  const line = cart.lines.find(({ productId }) => productId === product);
  if (quantity > 0 && line?.quantity !== quantity) {
    if (cart.lines.length >= LINES_MAX && !line) throw cartIsFull();
    throw new AppError('not_found', 'This product is no longer available.');
  }
  return cart;
}

function removed(ctx: Ctx, product: Id<'product'>) {
  return ctx.db.delete(cartLines).where(and(inMyCart(ctx), eq(cartLines.productId, product)));
}

function set(ctx: Ctx, product: Id<'product'>, quantity: number) {
  const company = companyId(ctx);
  return ctx.db.execute(sql`
    insert into cart_lines (company_id, customer_id, contact_id, product_id, quantity)
    select p.company_id, ${myCustomer}, ${myContact}, p.id, ${quantity}
    from products p
    where p.company_id = ${company} and p.id = ${product} and p.active
      and (select count(*) from cart_lines where ${inMyCart(ctx)} and product_id <> p.id) < ${LINES_MAX}
    on conflict on constraint cart_lines_one_each do update set quantity = excluded.quantity`);
}

export function cartIsFull(): AppError {
  return new AppError('rule', `A cart can hold at most ${LINES_MAX} products. Check out first.`);
}
