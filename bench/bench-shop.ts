import { eq, sql } from 'drizzle-orm';
import type { Database } from '#db/client.ts';
import { enterCompany } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { customers, priceOverrides, products, stockLevels } from '#db/schema/index.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { productKeys } from '#src/catalog/keys.ts';
import type { Ctx } from '#src/context.ts';
import { register } from '#src/storefront/register.ts';
import type { Posted } from './measure.ts';

/** Cents; the same for all, so that any five make the same total. */
export const PRICE = 1000;
export const LINES = 5;
/** Where its customers come from. */
export const BENCH = { network: 'bench', userAgent: '' };

export interface BenchShop {
  products: Id<'product'>[];
  /** Of customers who order; the first has prices of their own for 50 products. */
  sessions: Id<'session'>[];
}

/** A catalogue that never runs out, and customers who are signed in. */
export async function createBenchShop(
  db: Database,
  companyId: Id<'company'>,
  store: Ctx,
  counts: { products: number; customers: number },
): Promise<BenchShop> {
  const ids = Array.from({ length: counts.products }, () => newId('product'));
  const rows = ids.map((id, n) => ({
    id,
    companyId,
    name: `Product No. ${n}`,
    sku: `SKU-${n}`,
    category: `Category ${n % 12}`,
    description: 'A case of twelve, delivered cool.',
    unit: 'case',
    priceCents: PRICE,
  }));
  await db.batch([
    enterCompany(db, companyId),
    db.insert(products).values(rows.map((row) => ({ ...row, ...productKeys(row) }))),
    db
      .insert(stockLevels)
      .values(ids.map((productId) => ({ companyId, productId, onHand: 1_000_000_000 }))),
  ]);
  const passwordHash = await argon2Hasher.hash('bench password');
  const hasher = { ...argon2Hasher, hash: () => Promise.resolve(passwordHash) };
  const sessions: Id<'session'>[] = [];
  for (let n = 0; n < counts.customers; n += 1) {
    const input = {
      name: `Buyer ${n}`,
      email: `orders${n}@bench.example`,
      password: 'bench password',
    };
    const visitor = { ...BENCH, network: `bench ${n}` };
    sessions.push(await register(store, hasher, input, visitor));
    // As if they had opened their link: whose email is not confirmed may order ten times a day.
    await db.batch([
      enterCompany(db, companyId),
      db.update(customers).set({ emailVerified: true }).where(eq(customers.companyId, companyId)),
    ]);
  }
  await db.batch([
    enterCompany(db, companyId),
    db.insert(priceOverrides).select(
      db
        .select({
          companyId: products.companyId,
          customerId: sql<
            Id<'customer'>
          >`(select customer_id from customer_sessions where id = ${sessions[0]})`.as(
            'customer_id',
          ),
          productId: products.id,
          priceCents: sql<number>`900`.as('price_cents'),
          version: sql<number>`1`.as('version'),
          createdAt: sql<Date>`now()`.as('created_at'),
          updatedAt: sql<Date>`now()`.as('updated_at'),
        })
        .from(products)
        .limit(50),
    ),
  ]);
  return { products: ids, sessions };
}

/** Five products, each time others. */
function someProducts(shop: BenchShop): Id<'product'>[] {
  const start = Math.floor(Math.random() * shop.products.length);
  const at = (n: number) => shop.products[(start + n * 7) % shop.products.length];
  return Array.from({ length: LINES }, (_, n) => at(n)).filter((id) => id !== undefined);
}

/** The checkout's form for five products, each time another order. */
export function orderForm(shop: BenchShop): Posted {
  const form = new URLSearchParams({ order: newId('order'), seenTotal: String(LINES * PRICE) });
  for (const product of someProducts(shop)) form.append('line', `${product}:1:${PRICE}`);
  return {
    body: form.toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  };
}

/** The same over the API, with a key of its own. */
export function apiOrder(shop: BenchShop, customers: readonly Id<'customer'>[]): Posted {
  const items = someProducts(shop).map((productId) => ({ productId, quantity: 1 }));
  const customerId = customers[Math.floor(Math.random() * customers.length)];
  return {
    body: JSON.stringify({ customerId, items }),
    headers: {
      'Content-Type': 'application/json',
      // An order's id without its prefix is as good a key as any.
      'Idempotency-Key': newId('order').replace('ord', 'once'),
    },
  };
}
