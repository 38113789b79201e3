import { and, asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { isId } from '#db/ids.ts';
import { products, stockLevels } from '#db/schema/index.ts';
import { lowAt, stockOfProduct } from '../catalog/queries.ts';
import { type Ctx, companyId } from '../context.ts';
import { decodeCursor, encodeCursor } from '../lib/cursor.ts';
import { AppError } from '../lib/errors.ts';
import { isStorable } from '../lib/fields.ts';
import { type Page, pageFrom } from '../lib/page.ts';
import { tenant } from '../tenant.ts';
import { companyCurrency, currencyFrom } from './currency.ts';

const columns = {
  id: products.id,
  name: products.name,
  nameKey: products.nameKey,
  sku: products.sku,
  category: products.category,
  unit: products.unit,
  active: products.active,
  priceCents: products.priceCents,
  onHand: stockLevels.onHand,
  lowAt,
};

export type StockedProduct = Pick<
  typeof products.$inferSelect,
  Exclude<keyof typeof columns, 'onHand' | 'lowAt'>
> & {
  onHand: number;
  /** At or below this its stock is low. */
  lowAt: number;
};

/** Everything on the shelves, active or not; `cents` at catalogue prices. */
interface InventoryTotals {
  products: number;
  units: number;
  cents: number;
  low: number;
  out: number;
}

interface InventoryReport {
  currency: string;
  totals: InventoryTotals;
  page: Page<StockedProduct>;
}

const SORT = 'name';

/**
 * What is on hand now and what it is worth: one page of products by name, and the totals of all
 * (db/sql/report-inventory.sql).
 * @throws AppError validation `Invalid cursor.`
 */
export async function getInventoryReport(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<InventoryReport> {
  const start = cursor === undefined ? null : startOf(cursor);
  const [currencies, [totals], rows] = await tenant(ctx, 'reports:read').inOrder([
    companyCurrency(ctx),
    ctx.db
      .select({
        products: sql<number>`products`.mapWith(Number),
        units: sql<number>`units`.mapWith(Number),
        cents: sql<number>`cents`.mapWith(Number),
        low: sql<number>`low`.mapWith(Number),
        out: sql<number>`out_of_stock`.mapWith(Number),
      })
      .from(sql`inventory_totals()`),
    ctx.db
      .select(columns)
      .from(products)
      .innerJoinLateral(stockOfProduct, sql`true`)
      .where(
        and(
          eq(products.companyId, companyId(ctx)),
          start
            ? sql`(${products.nameKey}, ${products.id}) > (${start.key}, ${start.id})`
            : undefined,
        ),
      )
      .orderBy(asc(products.nameKey), asc(products.id))
      .limit(limit + 1),
  ]);
  if (!totals) throw new Error('The database has added nothing up.');
  const page = pageFrom(rows, { limit }, ({ nameKey, id }) =>
    encodeCursor({ sort: SORT, key: nameKey, id }),
  );
  return { currency: currencyFrom(currencies), totals, page };
}

function startOf(cursor: string): { key: string; id: string } {
  const position = decodeCursor(cursor);
  const isOurs =
    position?.sort === SORT && isStorable(position.key) && isId('product', position.id);
  if (!isOurs) throw new AppError('validation', 'Invalid cursor.');
  return position;
}

/** A product as the API's report shows it. */
export const StockedProductOut = z
  .object({
    productId: z.string().meta({ example: 'prd_01k9h7m3v8e4nspb3s0h8x2v7q' }),
    name: z.string().meta({ example: 'Widget Blue' }),
    sku: z.string().nullable().meta({ example: 'WDG-001' }),
    category: z.string().nullable().meta({ example: 'Widgets' }),
    unit: z.string().meta({ example: 'each' }),
    isActive: z.boolean(),
    stock: z.int().meta({ description: 'Units on hand.', example: 120 }),
    price: z.number().meta({ description: 'The catalogue price.', example: 8.5 }),
    value: z.number().meta({ description: 'Stock times price.', example: 1020 }),
    isLow: z.boolean().meta({ description: 'At or below its threshold, or your company’s.' }),
    isOut: z.boolean(),
  })
  .meta({ id: 'StockedProduct' });

export function stockedProductOut(row: StockedProduct): z.input<typeof StockedProductOut> {
  const { id, name, sku, category, unit, active, onHand, priceCents, lowAt } = row;
  return {
    productId: id,
    name,
    sku,
    category,
    unit,
    isActive: active,
    stock: onHand,
    price: priceCents / 100,
    value: (onHand * priceCents) / 100,
    isLow: onHand <= lowAt,
    isOut: onHand === 0,
  };
}
