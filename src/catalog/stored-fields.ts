import type { products } from '#db/schema/index.ts';
import type { ProductPatch } from './schema.ts';

type Stored = Pick<
  typeof products.$inferInsert,
  | 'name'
  | 'sku'
  | 'description'
  | 'category'
  | 'unit'
  | 'priceCents'
  | 'active'
  | 'lowStockThreshold'
>;

/** The columns an input sets, its price in cents; what was not sent is left out, and so is stock, which is kept apart. */
export function storedFields(input: ProductPatch): Partial<Stored> {
  const { stock: _, price, isActive, ...same } = input;
  const fields: Partial<Stored> = {};
  for (const [field, value] of Object.entries(same)) {
    if (value !== undefined) Object.assign(fields, { [field]: value });
  }
  if (price !== undefined) fields.priceCents = Math.round(price * 100);
  if (isActive !== undefined) fields.active = isActive;
  return fields;
}
