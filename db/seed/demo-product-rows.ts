import { sql } from 'drizzle-orm';
import { productKeys } from '#src/catalog/keys.ts';
import { DAY_MS } from '#src/lib/durations.ts';
import type { Database } from '../client.ts';
import type { Id } from '../ids.ts';
import { priceOverrides, products, stockLevels } from '../schema/index.ts';
import type { DemoOrder, DemoCustomer } from './demo-orders.ts';
import type { DemoProduct } from './demo-products.ts';

/** Products with what is on hand now and what the orders are going to take. */
export function productRows(
  db: Database,
  companyId: Id<'company'>,
  sold: DemoProduct[],
  orders: DemoOrder[],
  now: Date,
) {
  const taken = new Map<string, number>();
  for (const { lines } of orders.filter(({ status }) => status !== 'CANCELLED')) {
    for (const { productId, quantity } of lines) {
      taken.set(productId, (taken.get(productId) ?? 0) + quantity);
    }
  }
  return [
    db.insert(products).values(
      sold.map(({ stock: _stock, ...product }, n) => {
        const createdAt = new Date(now.getTime() - (700 - n * 5) * DAY_MS);
        return { companyId, ...product, ...productKeys(product), createdAt, updatedAt: createdAt };
      }),
    ),
    db.execute(sql`select ${stockReason('import', '')}`),
    db.insert(stockLevels).values(
      sold.map(({ id, stock }) => ({
        companyId,
        productId: id,
        onHand: stock + (taken.get(id) ?? 0),
      })),
    ),
  ];
}

/** The ledger's entries of every order, in the order in which they came; those of cancelled ones come back. */
export function stockRows(db: Database, companyId: Id<'company'>, orders: DemoOrder[]) {
  return orders.flatMap(({ id, status }) => [
    move(db, companyId, id, 'order'),
    ...(status === 'CANCELLED' ? [move(db, companyId, id, 'cancel')] : []),
  ]);
}

function move(db: Database, companyId: Id<'company'>, order: Id<'order'>, why: 'order' | 'cancel') {
  const sign = why === 'order' ? -1 : 1;
  return db.execute(sql`
    with because as materialized (select ${stockReason(why, order)})
    update stock_levels s
    set on_hand = s.on_hand + ${sign}::integer * l.quantity,
      times_ordered = s.times_ordered + case when ${sign}::integer < 0 then 1 else 0 end
    from because, order_lines l
    where l.company_id = ${companyId} and l.order_id = ${order}
      and s.company_id = ${companyId} and s.product_id = l.product_id`);
}

const stockReason = (reason: string, reference: string) =>
  sql`set_config('app.stock_reason', ${reason}, true), set_config('app.stock_reference', ${reference}, true)`;

/** What the habits say that is not the catalogue's price. */
export function priceRows(db: Database, companyId: Id<'company'>, customers: DemoCustomer[]) {
  return db.insert(priceOverrides).values(
    customers.flatMap(({ id, createdAt, habit }) =>
      habit.usual
        .filter(({ product, priceCents }) => product.priceCents !== priceCents)
        .map(({ product, priceCents }) => ({
          companyId,
          customerId: id,
          productId: product.id,
          priceCents,
          createdAt,
          updatedAt: createdAt,
        })),
    ),
  );
}
