import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { cartLines, companies, customers, products, stockLevels } from '#db/schema/index.ts';
import { itsStock, stockOfProduct } from '../catalog/queries.ts';
import {
  type OfferedProduct,
  offeredColumns,
  offeredPrice,
  ownPrice,
} from '../catalog/store-price.ts';
import { type Ctx, companyId } from '../context.ts';
import { lookedUp } from '../lib/looked-up.ts';
import { myContact, myCustomer } from '../storefront/me.ts';
import { tenant } from '../tenant.ts';

/** One product in a cart, at the price and the stock of this moment. */
export interface CartLine extends Omit<OfferedProduct, 'id' | 'active'> {
  productId: Id<'product'>;
  quantity: number;
  totalCents: number;
  /** Why it cannot be ordered as it is: not for sale any more, or fewer there than wanted. */
  problem: 'gone' | 'short' | null;
}

/** What the lines cost together, as `place_order()` reckons it; what is gone does not count. */
interface CartTotals {
  subtotalCents: number;
  taxRatePpm: number;
  taxCents: number;
  shippingCents: number;
  /** From this subtotal on delivering is free; null = never. */
  freeShippingFromCents: number | null;
  totalCents: number;
}

export interface Cart {
  lines: CartLine[];
  totals: CartTotals;
}

/** The lines of whoever is signed in: two people of one account have carts of their own. */
export function inMyCart(ctx: Ctx) {
  return and(
    eq(cartLines.companyId, companyId(ctx)),
    eq(cartLines.customerId, myCustomer),
    sql`${cartLines.contactId} is not distinct from ${myContact}`,
  );
}

/** The queries of a batch that read the person's cart; `cartFrom` puts their answers together. */
export function cartOf(ctx: Ctx) {
  return [linesOf(ctx), totalsOf(ctx)] as const;
}

function linesOf(ctx: Ctx) {
  const { id: productId, ...offered } = offeredColumns;
  return ctx.db
    .select({ productId, ...offered, quantity: cartLines.quantity })
    .from(cartLines)
    .innerJoinLateral(lookedUp(products, thisProduct(ctx)), sql`true`)
    .innerJoinLateral(stockOfProduct, sql`true`)
    .leftJoinLateral(ownPrice(myCustomer), sql`true`)
    .where(inMyCart(ctx))
    .orderBy(asc(cartLines.addedAt), asc(cartLines.productId));
}

function thisProduct(ctx: Ctx) {
  return and(eq(products.companyId, companyId(ctx)), eq(products.id, cartLines.productId));
}

function totalsOf(ctx: Ctx) {
  const cents = (name: string) => sql<number>`${sql.raw(name)}`.mapWith(Number);
  const lines = ctx.db
    .select({
      cents: sql`coalesce(sum(${cartLines.quantity} * ${offeredPrice}), 0)::bigint`.as('cents'),
    })
    .from(cartLines)
    .innerJoinLateral(
      lookedUp(products, and(thisProduct(ctx), eq(products.active, true))),
      sql`true`,
    )
    .leftJoinLateral(ownPrice(myCustomer), sql`true`)
    .where(inMyCart(ctx))
    .as('subtotal');
  const rate = sql`coalesce(${customers.taxRateOverridePpm}, ${companies.taxRatePpm})`;
  return ctx.db
    .select({
      subtotalCents: cents('subtotal.cents'),
      taxRatePpm: sql<number>`${rate}`.mapWith(Number),
      taxCents: cents('totals.tax'),
      shippingCents: cents('totals.shipping'),
      freeShippingFromCents: companies.freeShippingFromCents,
      totalCents: cents('totals.total'),
    })
    .from(companies)
    .innerJoin(
      customers,
      and(eq(customers.companyId, companyId(ctx)), eq(customers.id, myCustomer)),
    )
    .innerJoin(lines, sql`true`)
    .innerJoin(
      sql`order_totals(subtotal.cents, ${rate}, ${companies.shippingCents}, ${companies.freeShippingFromCents}) as totals`,
      sql`true`,
    )
    .where(eq(companies.id, companyId(ctx)));
}

type Read<Index extends 0 | 1> = Awaited<ReturnType<typeof cartOf>[Index]>;

/** The cart that the answers to `cartOf` make. */
export function cartFrom(lines: Read<0>, [totals]: Read<1>): Cart {
  if (!totals) throw new Error('The database did not reckon up the cart.');
  return {
    lines: lines.map(({ active, ...line }) => ({ ...line, ...judged(line, active) })),
    totals,
  };
}

function judged(
  { quantity, priceCents, onHand }: Pick<CartLine, 'quantity' | 'priceCents' | 'onHand'>,
  active: boolean,
): Pick<CartLine, 'totalCents' | 'problem'> {
  const problem = onHand < quantity ? 'short' : null;
  return { totalCents: quantity * priceCents, problem: active ? problem : 'gone' };
}

/** The cart of whoever is signed in. */
export async function getCart(ctx: Ctx): Promise<Cart> {
  return cartFrom(...(await tenant(ctx, 'own_orders:write').batch(cartOf(ctx))));
}

type KnownProduct = Pick<OfferedProduct, 'id' | 'name' | 'onHand'>;

/** The cart, and products that may be in it; the ones that are not for sale are missing. */
export interface CartAndProducts extends Cart {
  products: ReadonlyMap<Id<'product'>, KnownProduct>;
}

/** The queries of a batch that read the cart and products; `cartAndProductsFrom` puts their answers together. */
export function cartAndProductsOf(ctx: Ctx, ids: Id<'product'>[]) {
  const { id, name, onHand } = offeredColumns;
  const known = ctx.db
    .select({ id, name, onHand })
    .from(products)
    .innerJoin(stockLevels, itsStock)
    .where(
      and(
        eq(products.companyId, companyId(ctx)),
        inArray(products.id, ids),
        eq(products.active, true),
      ),
    );
  return [known, ...cartOf(ctx)] as const;
}

type Answers = { [Index in 0 | 1 | 2]: Awaited<ReturnType<typeof cartAndProductsOf>[Index]> };

/** What the answers to `cartAndProductsOf` make. */
export function cartAndProductsFrom(
  known: Answers[0],
  lines: Answers[1],
  totals: Answers[2],
): CartAndProducts {
  const products = new Map(known.map((product) => [product.id, product]));
  return { ...cartFrom(lines, totals), products };
}

/** The signed-in person's cart, and a product that has been taken out of it. */
export async function getCartAndProduct(ctx: Ctx, id: Id<'product'>): Promise<CartAndProducts> {
  const answers = await tenant(ctx, 'own_orders:write').batch(cartAndProductsOf(ctx, [id]));
  return cartAndProductsFrom(...answers);
}
