import { type SQL, and, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { priceOverrides, products, stockLevels } from '#db/schema/index.ts';
import { lookedUp } from '../lib/looked-up.ts';
import type { Owner } from '../storefront/me.ts';

/** A product as a customer is offered it. */
export interface OfferedProduct {
  id: Id<'product'>;
  name: string;
  sku: string | null;
  unit: string;
  imageId: Id<'image'> | null;
  active: boolean;
  /** Units there are. */
  onHand: number;
  /** The customer's own price, and the catalogue's. */
  priceCents: number;
  listCents: number;
}

/** What a product costs a customer, in cents; join `ownPrice` for it ("Prices"). */
export const offeredPrice: SQL<number> =
  sql`coalesce(${priceOverrides.priceCents}, ${products.priceCents})`.mapWith(
    Number,
  ) as SQL<number>;

/** The columns of an `OfferedProduct`, of `products` joined with its stock and `ownPrice` of the customer. */
export const offeredColumns = {
  id: products.id,
  name: products.name,
  sku: products.sku,
  unit: products.unit,
  imageId: products.imageId,
  active: products.active,
  onHand: stockLevels.onHand,
  priceCents: offeredPrice,
  listCents: products.priceCents,
};

/** The price, if any, that a customer has of their own for each product: one look-up each. */
export function ownPrice(customer: Owner) {
  return lookedUp(priceOverrides, priceOf(customer));
}

/** The row of `priceOverrides`, if any, that belongs to a product and this customer. */
function priceOf(customer: Owner): SQL | undefined {
  return and(
    eq(priceOverrides.companyId, products.companyId),
    eq(priceOverrides.customerId, customer),
    eq(priceOverrides.productId, products.id),
  );
}
