import { sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { type Ctx, companyId } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { parse } from '../lib/parse.ts';
import { LINES_MAX, QUANTITY_MAX } from '../orders/schema.ts';
import { myContact, myCustomer } from '../storefront/me.ts';
import { tenant } from '../tenant.ts';
import type { CartUnits } from './cart-units.ts';
import { inMyCart } from './queries.ts';
import { CartAddition } from './schema.ts';
import { CART_IS_FULL } from './set-cart-lines.ts';

/**
 * Adds products to the person's cart, all or none: the same one twice is summed, and at most 99,999 of each are kept. What
 * was in the cart when the page was shown comes along (`seen`), so that the same addition sent twice is one.
 * @returns how much of them is in the cart now; those that are not for sale (any more) are missing
 * @throws AppError validation, rule (they do not all fit)
 */
export async function addToCart(ctx: Ctx, raw: unknown): Promise<CartUnits> {
  const lines = parse(CartAddition, raw);
  const [, added] = await tenant(ctx, 'own_orders:write').batch([
    ctx.db.execute(sql`select lock_cart()`),
    add(ctx, lines),
  ]);
  if (added.rows.some(({ id }) => id === null)) throw new AppError('rule', CART_IS_FULL);
  return new Map(added.rows.map(({ id, quantity }) => [id as Id<'product'>, Number(quantity)]));
}

function add(ctx: Ctx, lines: CartAddition) {
  return ctx.db.execute(sql`
    with wanted as (
      select p.id, min(l.line) as line, least(sum(l.quantity), ${QUANTITY_MAX}) as quantity, max(l.seen) as seen
      from rows from (
        jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as ("productId" text, quantity bigint, seen bigint)
      ) with ordinality as l ("productId", quantity, seen, line)
      join products p on p.company_id = ${companyId(ctx)} and p.id = l."productId" and p.active
      group by p.id
    ),
    present as (
      select product_id, quantity from cart_lines where ${inMyCart(ctx)}
    ),
    room as (
      select count(*) <= ${LINES_MAX} as enough
      from (select product_id from present union select id from wanted) as together
    ),
    added as (
      insert into cart_lines (company_id, customer_id, contact_id, product_id, quantity, added_at)
      select ${companyId(ctx)}, ${myCustomer}, ${myContact}, w.id,
        least(
          case when p.quantity = least(w.seen + w.quantity, ${QUANTITY_MAX}) then p.quantity else coalesce(p.quantity, 0) + w.quantity end,
          ${QUANTITY_MAX}
        ),
        now() + w.line * interval '1 millisecond'
      from wanted w
      cross join room
      left join present p on p.product_id = w.id
      where room.enough
      on conflict on constraint cart_lines_one_each do update set quantity = excluded.quantity
      returning product_id, quantity
    )
    select product_id as id, quantity from added
    union all
    select null, null from room where not enough`);
}
