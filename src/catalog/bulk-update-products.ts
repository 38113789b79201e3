import { and, asc, eq, inArray, lt, gt, or, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { products, stockLevels } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { tenant } from '../tenant.ts';
import type { ProductsChange } from './bulk-form.ts';
import { changedKeys } from './keys.ts';
import { itsStock } from './queries.ts';
import { STOCK_MAX } from './stock.ts';

type Ids = readonly Id<'product'>[];

export type BulkUpdateResult =
  /** `found` are there, the others were deleted meanwhile; of those `changed` were not as asked already. */
  | { ok: true; found: number; changed: number }
  /** Of these the stock would fall below 0 or rise above its maximum: nothing was written, of none. */
  | { ok: false; reason: 'out_of_range'; products: { name: string; stock: number }[] };

/** Makes one change to many products, in one transaction; each has its own entry in the audit log. */
export async function bulkUpdateProducts(
  ctx: Ctx,
  ids: Ids,
  change: ProductsChange,
): Promise<BulkUpdateResult> {
  return 'by' in change || 'to' in change
    ? adjustStock(ctx, ids, change)
    : changeFields(ctx, ids, change);
}

async function changeFields(
  ctx: Ctx,
  ids: Ids,
  fields: { active?: boolean; category?: string | null },
): Promise<BulkUpdateResult> {
  const are = and(eq(products.companyId, companyId(ctx)), inArray(products.id, [...ids]));
  const [locked, changed] = await tenant(ctx, 'products:write').batch([
    // In the order of imports, so that two who change the same products wait for each other and not for ever.
    ctx.db
      .select({ id: products.id })
      .from(products)
      .where(are)
      .orderBy(asc(products.sku), asc(products.id))
      .for('no key update'),
    ctx.db
      .update(products)
      .set({ ...fields, ...changedKeys(fields), updatedAt: ctx.now })
      .where(are)
      .returning({ id: products.id }),
  ]);
  return { ok: true, found: locked.length, changed: changed.length };
}

async function adjustStock(
  ctx: Ctx,
  ids: Ids,
  change: { by: number } | { to: number },
): Promise<BulkUpdateResult> {
  const are = and(
    eq(stockLevels.companyId, companyId(ctx)),
    inArray(stockLevels.productId, [...ids]),
  );
  const { onHand } = stockLevels;
  const wanted = 'to' in change ? sql`${change.to}::bigint` : sql`${onHand} + ${change.by}::bigint`;
  const [locked, changed] = await tenant(ctx, 'products:write').batch([
    ctx.db
      .select({ name: products.name, stock: onHand })
      .from(stockLevels)
      .innerJoin(products, itsStock)
      .where(are)
      .orderBy(asc(stockLevels.productId))
      .for('update', { of: stockLevels }),
    ctx.db
      .update(stockLevels)
      .set({ onHand: wanted })
      .where(
        and(
          are,
          sql`${onHand} <> ${wanted}`,
          sql`not exists ${ctx.db
            .select({ one: sql`1` })
            .from(stockLevels)
            .where(and(are, or(lt(wanted, 0), gt(wanted, STOCK_MAX))))}`,
        ),
      )
      .returning({ id: stockLevels.productId }),
  ]);
  const beyond = locked.filter(({ stock }) => {
    const becomes = 'to' in change ? change.to : stock + change.by;
    return becomes < 0 || becomes > STOCK_MAX;
  });
  return beyond.length > 0
    ? { ok: false, reason: 'out_of_range', products: beyond }
    : { ok: true, found: locked.length, changed: changed.length };
}
