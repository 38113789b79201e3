import { and, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { products, stockLevels } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { parse } from '../lib/parse.ts';
import { tenant } from '../tenant.ts';
import { changedKeys } from './keys.ts';
import { type Product, foundProduct, isProduct, productById } from './queries.ts';
import { ProductPatch } from './schema.ts';
import { storedFields } from './stored-fields.ts';

/** What the editor saw; what is left out is overwritten whatever it is. Stock moves with orders, without a new version. */
interface SeenProduct {
  version?: number;
  priceCents?: number;
  stock?: number;
}

type UpdateProductResult =
  /** `changed` is false when the product already was as asked. */
  | {
      ok: true;
      product: Product;
      changed: boolean;
      /** The picture it has no more: to be deleted by the caller. */
      replacedImageId: Id<'image'> | null;
    }
  /** Somebody else saved or ordered first: nothing was written, and this is how the product is now. */
  | { ok: false; reason: 'changed_meanwhile'; current: Product };

/**
 * Changes what the input names, stock included, all of it or nothing. A save that changes nothing writes nothing.
 * @param imageId its new picture, stored already; null = none any more, undefined = as it is
 * @throws AppError validation, not_found, conflict (SKU taken)
 */
export async function updateProduct(
  ctx: Ctx,
  id: Id<'product'>,
  raw: unknown,
  seen: SeenProduct,
  imageId?: Id<'image'> | null,
): Promise<UpdateProductResult> {
  const door = tenant(ctx, 'products:write');
  const input = parse(ProductPatch, raw);
  const fields = { ...storedFields(input), ...(imageId !== undefined && { imageId }) };
  const itsLevel = and(eq(stockLevels.companyId, companyId(ctx)), eq(stockLevels.productId, id));
  const isAsSeen = and(
    isProduct(ctx, id),
    seen.version === undefined ? undefined : eq(products.version, seen.version),
    seen.priceCents === undefined ? undefined : eq(products.priceCents, seen.priceCents),
  );
  const { stock } = input;
  const [[before], , moved, updated, [current]] = await door.batch([
    // Both are locked, so that the two updates see the same and an order comes before or after; the product before its
    // stock, as imports do. An order holds stock while it asks for no more of a product than that it stays there, which
    // this lock allows and that of a new SKU does not.
    ctx.db
      .select({ imageId: products.imageId })
      .from(products)
      .where(isProduct(ctx, id))
      .for('no key update'),
    ctx.db.select({ onHand: stockLevels.onHand }).from(stockLevels).where(itsLevel).for('update'),
    ctx.db
      .update(stockLevels)
      .set({ onHand: stock ?? 0 })
      .where(
        and(
          itsLevel,
          stock === undefined ? sql`false` : sql`${stockLevels.onHand} <> ${stock}`,
          seen.stock === undefined ? undefined : eq(stockLevels.onHand, seen.stock),
          sql`exists (select from ${products} where ${isAsSeen})`,
        ),
      )
      .returning({ productId: stockLevels.productId }),
    ctx.db
      .update(products)
      // The time is set even when nothing else is: an empty patch is a valid one, and touch_row() drops what changes nothing.
      .set({ ...fields, ...changedKeys(fields), updatedAt: ctx.now })
      .where(
        and(
          isAsSeen,
          stock === undefined
            ? undefined
            : sql`exists (select from ${stockLevels} where ${and(itsLevel, eq(stockLevels.onHand, stock))})`,
        ),
      )
      .returning({ id: products.id }),
    productById(ctx, id),
  ]);
  const product = foundProduct(current);
  const isAsAsked = (stock === undefined || product.stock === stock) && !differs(product, fields);
  if (!isAsAsked) return { ok: false, reason: 'changed_meanwhile', current: product };
  const replaced = updated.length > 0 && imageId !== undefined && before?.imageId !== imageId;
  return {
    ok: true,
    product,
    changed: moved.length + updated.length > 0,
    replacedImageId: replaced ? (before?.imageId ?? null) : null,
  };
}

function differs(product: Product, fields: object): boolean {
  return Object.entries(fields).some(([field, value]) => product[field as keyof Product] !== value);
}
