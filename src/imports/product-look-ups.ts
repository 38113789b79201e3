import { and, eq, sql } from 'drizzle-orm';
import { planUsage, products, stockLevels } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';

/**
 * The products that have these SKUs, as an import compares them. Each is looked up by its key, and so is its stock: the
 * limits keep thousands of them from joining the whole catalogue (db/sql/products.sql).
 */
export function productsBySku(ctx: Ctx, skus: string[]) {
  const product = ctx.db
    .select({
      id: products.id,
      version: products.version,
      name: products.name,
      description: products.description,
      category: products.category,
      unit: products.unit,
      priceCents: products.priceCents,
      active: products.active,
    })
    .from(products)
    .where(and(eq(products.companyId, companyId(ctx)), sql`${products.sku} = wanted.sku`))
    .limit(1)
    .as('product');
  const level = ctx.db
    .select({ onHand: stockLevels.onHand })
    .from(stockLevels)
    .where(and(eq(stockLevels.companyId, companyId(ctx)), eq(stockLevels.productId, product.id)))
    .limit(1)
    .as('level');
  return ctx.db
    .select({
      id: product.id,
      version: product.version,
      sku: sql<string>`wanted.sku`.as('sku'),
      name: product.name,
      description: product.description,
      category: product.category,
      unit: product.unit,
      priceCents: product.priceCents,
      stock: level.onHand,
      active: product.active,
    })
    .from(sql`unnest(${sql.param(skus)}::text[]) as wanted (sku)`)
    .innerJoinLateral(product, sql`true`)
    .innerJoinLateral(level, sql`true`);
}

/** As long as a GTIN, the longest number goods commonly have. */
const LONGEST_NUMBER = 14;

/**
 * Which of these SKUs the company has with zeros before it: a spreadsheet makes `123` of `00123`. Every number of zeros
 * is looked up by itself, because an index finds nothing by its end.
 */
export function skusWithZeros(ctx: Ctx, skus: string[]) {
  const numbers = skus.filter((sku) => /^[1-9]\d*$/.test(sku) && sku.length < LONGEST_NUMBER);
  return ctx.db
    .select({
      key: sql<string>`ltrim(${products.sku}, '0')`.as('key'),
      name: sql<string>`min(${products.sku})`.as('name'),
    })
    .from(products)
    .where(
      and(
        eq(products.companyId, companyId(ctx)),
        sql`${products.sku} = any(array(
          select repeat('0', zeros) || sku
          from unnest(${sql.param(numbers)}::text[]) as sku, generate_series(1, ${LONGEST_NUMBER}::int - length(sku)) as zeros
        ))`,
      ),
    )
    .groupBy(sql`ltrim(${products.sku}, '0')`);
}

/** How many products the company has, and how many its plan allows. */
export function productUsage(ctx: Ctx) {
  return ctx.db
    .select({ used: planUsage.products, most: planUsage.maxProducts })
    .from(planUsage)
    .where(eq(planUsage.companyId, companyId(ctx)));
}
