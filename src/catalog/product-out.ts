import { z } from 'zod';
import { imageUrl } from './image-sizes.ts';
import type { Product } from './queries.ts';

/** A product as the API shows it. */
export const ProductOut = z
  .object({
    id: z.string().meta({ example: 'prd_01k9h7m3v8e4nspb3s0h8x2v7q' }),
    name: z.string().meta({ example: 'Widget Blue' }),
    sku: z.string().nullable().meta({ example: 'WDG-001' }),
    description: z.string().nullable(),
    category: z.string().nullable().meta({ example: 'Widgets' }),
    unit: z.string().meta({ example: 'each' }),
    price: z.number().meta({ description: 'The catalogue price.', example: 8.5 }),
    stock: z.int().meta({ description: 'Units on hand.', example: 120 }),
    imageUrl: z.string().nullable().meta({ format: 'uri' }),
    isActive: z.boolean().meta({ description: 'Whether your storefront shows it.' }),
    lowStockThreshold: z
      .int()
      .nullable()
      .meta({ description: "null means your company's threshold.", example: null }),
    createdAt: z.string().meta({ format: 'date-time', example: '2026-03-01T12:00:00.000Z' }),
    updatedAt: z.string().meta({ format: 'date-time', example: '2026-04-10T09:30:00.000Z' }),
  })
  .meta({ id: 'Product' });
export type ProductOut = z.infer<typeof ProductOut>;

/**
 * The row as the API promises it.
 * @param origin where pictures are served, without a slash at the end
 */
export function productOut(row: Product, origin: string): ProductOut {
  return {
    id: row.id,
    name: row.name,
    sku: row.sku,
    description: row.description,
    category: row.category,
    unit: row.unit,
    price: row.priceCents / 100,
    stock: row.stock,
    imageUrl: row.imageId === null ? null : origin + imageUrl(row.imageId, 640),
    isActive: row.active,
    lowStockThreshold: row.lowStockThreshold,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
