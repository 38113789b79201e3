import { type SQL, and, eq, sql } from 'drizzle-orm';
import { companies, priceOverrides, products } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { myCustomer } from '../storefront/me.ts';

/** What the customer who is signed in pays for a product, in cents; join `myOverride` for it ("Prices"). */
export const myPrice: SQL<number> =
  sql`coalesce(${priceOverrides.priceCents}, ${products.priceCents})`.mapWith(
    Number,
  ) as SQL<number>;

/** The row of `priceOverrides`, if any, that belongs to a product and the customer who is signed in. */
export function myOverride(ctx: Ctx): SQL | undefined {
  return and(
    eq(priceOverrides.companyId, companyId(ctx)),
    eq(priceOverrides.customerId, myCustomer),
    eq(priceOverrides.productId, products.id),
  );
}

/** The stock a product counts as low at: its own threshold, or the company's. */
export function lowStockAt(ctx: Ctx): SQL<number> {
  return sql`coalesce(${products.lowStockThreshold}, (
    select ${companies.lowStockThreshold} from ${companies} where ${companies.id} = ${companyId(ctx)}
  ))`.mapWith(Number) as SQL<number>;
}
