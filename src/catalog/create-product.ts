import { type Id, newId } from '#db/ids.ts';
import { products, stockLevels } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { parse } from '../lib/parse.ts';
import { tenant } from '../tenant.ts';
import { productKeys } from './keys.ts';
import { type Product, foundProduct, productById } from './queries.ts';
import { ProductInput } from './schema.ts';
import { storedFields } from './stored-fields.ts';

/**
 * A new product with its first stock.
 * @param imageId a picture that is stored already; the caller deletes it again when this fails
 * @throws AppError validation, conflict (SKU taken), plan_limit
 */
export async function createProduct(
  ctx: Ctx,
  raw: unknown,
  imageId: Id<'image'> | null = null,
  id: Id<'product'> = newId('product'),
): Promise<Product> {
  const door = tenant(ctx, 'products:write');
  const input = parse(ProductInput, raw);
  const { name, sku = null, category = null, description = null } = input;
  const [, , rows] = await door.batch([
    ctx.db.insert(products).values({
      ...storedFields(input),
      ...productKeys({ name, sku, category, description }),
      id,
      companyId: companyId(ctx),
      name,
      priceCents: Math.round(input.price * 100),
      imageId,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    }),
    ctx.db
      .insert(stockLevels)
      .values({ companyId: companyId(ctx), productId: id, onHand: input.stock }),
    productById(ctx, id),
  ]);
  return foundProduct(rows[0]);
}
