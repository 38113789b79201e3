import { and, asc, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { orderLines, orders, products } from '#db/schema/index.ts';
import { cartUnitsFrom, cartUnitsOf } from '../cart/cart-units.ts';
import { stockOfProduct } from '../catalog/queries.ts';
import { offeredColumns, ownPrice } from '../catalog/store-price.ts';
import { type Ctx, companyId } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { lookedUp } from '../lib/looked-up.ts';
import { myCustomer } from '../storefront/me.ts';
import { tenant } from '../tenant.ts';
import { type JudgedRows, type RowMatch, judgeRows } from './judge-rows.ts';

/** A past order as it could be ordered today. */
export interface Reorder extends JudgedRows {
  /** What people call the order: #1042. */
  number: number;
  /** What a unit cost then, in cents, by row. */
  pricesThen: ReadonlyMap<number, number>;
}

/**
 * The lines of an order of the customer's own, each with what has become of its product since ("Reorder").
 * @throws AppError not_found, also when the order is another customer's; forbidden
 */
export async function getReorder(ctx: Ctx, id: Id<'order'>): Promise<Reorder> {
  const [lines, inCart] = await tenant(ctx, 'own_orders:write').batch([
    linesAsTheyAre(ctx, id),
    cartUnitsOf(ctx),
  ]);
  const [first] = lines;
  if (!first) throw new AppError('not_found', 'Order not found.');
  const rows = lines.map(({ row, name, sku, quantity, product }) => ({
    row,
    text: sku ?? name,
    quantity: String(quantity),
    whole: null,
    product: product.id,
  }));
  const matches = new Map(
    lines.map(({ row, product }): [number, RowMatch] => [
      row,
      { product, byWhole: false, nearest: [] },
    ]),
  );
  const cart = cartUnitsFrom(inCart);
  return {
    number: first.number,
    rows: judgeRows(rows, matches, cart),
    cart,
    pricesThen: new Map(lines.map(({ row, unitPriceCents }) => [row, unitPriceCents])),
  };
}

function linesAsTheyAre(ctx: Ctx, id: Id<'order'>) {
  const company = companyId(ctx);
  return ctx.db
    .select({
      number: orders.number,
      row: orderLines.line,
      name: orderLines.name,
      sku: orderLines.sku,
      quantity: orderLines.quantity,
      unitPriceCents: orderLines.unitPriceCents,
      product: offeredColumns,
    })
    .from(orders)
    .innerJoin(
      orderLines,
      and(eq(orderLines.companyId, company), eq(orderLines.orderId, orders.id)),
    )
    .innerJoinLateral(
      lookedUp(
        products,
        and(eq(products.companyId, company), eq(products.id, orderLines.productId)),
      ),
      sql`true`,
    )
    .innerJoinLateral(stockOfProduct, sql`true`)
    .leftJoinLateral(ownPrice(myCustomer), sql`true`)
    .where(and(eq(orders.companyId, company), eq(orders.id, id), eq(orders.customerId, myCustomer)))
    .orderBy(asc(orderLines.line));
}
