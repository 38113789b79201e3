import { and, inArray, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { cartLines } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { LINES_MAX } from '../orders/schema.ts';
import { myContact, myCustomer } from '../storefront/me.ts';
import { tenant } from '../tenant.ts';
import {
  type CartAndProducts,
  cartAndProductsFrom,
  cartAndProductsOf,
  inMyCart,
} from './queries.ts';
import { CartQuantity } from './schema.ts';

/** A product, and how much of it a person typed. */
export type TypedLine = { product: Id<'product'>; quantity: string };

/** The cart after `setCartLines`, and what became of each line. */
export interface SetCart extends CartAndProducts {
  /** Why a quantity was not taken, by product. */
  refused: ReadonlyMap<Id<'product'>, string>;
  /** What left the cart, and how much there was of it. */
  removed: { id: Id<'product'>; quantity: number }[];
}

const GONE = 'This product is no longer available.';
export const CART_IS_FULL = `A cart can hold at most ${LINES_MAX} products. Check out first.`;

/**
 * Sets how much of each product is in the person's cart, whatever was there: sent twice, the result is the same. 0 takes
 * a product out. The quantities that can be taken are taken together, in one transaction; the others are `refused`.
 * Of the new products, all fit into the cart or none is taken.
 * @param person whose page they were typed on, if it says so: two people may use one browser
 * @throws AppError rule: more lines than a cart holds; changed_meanwhile: somebody else is signed in now
 */
export async function setCartLines(
  ctx: Ctx,
  typed: readonly TypedLine[],
  person?: string,
): Promise<SetCart> {
  if (typed.length > LINES_MAX) throw new AppError('rule', CART_IS_FULL);
  const { quantities, refused } = understood(typed);
  const ids = [...new Set(typed.map(({ product }) => product))];
  const wanted = [...quantities].filter(([, quantity]) => quantity > 0);
  const dropped = [...quantities].filter(([, quantity]) => quantity === 0);
  const [, removed, , ...answers] = await tenant(ctx, 'own_orders:write').batch([
    ctx.db.execute(sql`select lock_cart(), expect_actor(${person ?? null})`),
    remove(
      ctx,
      dropped.map(([product]) => product),
    ),
    set(ctx, wanted),
    ...cartAndProductsOf(ctx, ids),
  ]);
  const cart = cartAndProductsFrom(...answers);
  const present = new Map(cart.lines.map(({ productId, quantity }) => [productId, quantity]));
  for (const [product, quantity] of wanted) {
    if (present.get(product) === quantity) continue;
    const isKnown = cart.products.has(product) && !present.has(product);
    refused.set(product, isKnown ? CART_IS_FULL : GONE);
  }
  return { ...cart, refused, removed };
}

/** The last quantity of each product, and what is wrong with the others. */
function understood(typed: readonly TypedLine[]) {
  const quantities = new Map<Id<'product'>, number>();
  const refused = new Map<Id<'product'>, string>();
  for (const { product, quantity } of typed) {
    const result = CartQuantity.safeParse({ quantity });
    quantities.delete(product);
    refused.delete(product);
    if (result.success) quantities.set(product, result.data.quantity);
    else refused.set(product, result.error.issues[0]?.message ?? '');
  }
  return { quantities, refused };
}

function remove(ctx: Ctx, products: Id<'product'>[]) {
  return ctx.db
    .delete(cartLines)
    .where(and(inMyCart(ctx), inArray(cartLines.productId, products)))
    .returning({ id: cartLines.productId, quantity: cartLines.quantity });
}

function set(ctx: Ctx, wanted: [Id<'product'>, number][]) {
  const lines = wanted.map(([id, quantity]) => ({ id, quantity }));
  return ctx.db.execute(sql`
    with wanted as (
      select p.id, w.quantity, w.line
      from rows from (
        jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as (id text, quantity bigint)
      ) with ordinality as w (id, quantity, line)
      join products p on p.company_id = ${companyId(ctx)} and p.id = w.id and p.active
    ),
    present as (
      select product_id from cart_lines where ${inMyCart(ctx)}
    ),
    room as (
      select count(*) <= ${LINES_MAX} as enough
      from (select product_id from present union select id from wanted) as together
    )
    insert into cart_lines (company_id, customer_id, contact_id, product_id, quantity, added_at)
    select ${companyId(ctx)}, ${myCustomer}, ${myContact}, w.id, w.quantity,
      now() + w.line * interval '1 millisecond'
    from wanted w
    cross join room
    left join present p on p.product_id = w.id
    where room.enough or p.product_id is not null
    on conflict on constraint cart_lines_one_each do update set quantity = excluded.quantity`);
}
