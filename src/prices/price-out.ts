import { z } from 'zod';
import type { PriceOverride } from './queries.ts';

/** One customer's own price as the API shows it. */
export const CustomerPriceOut = z
  .object({
    productId: z.string().meta({ example: 'prd_01k9h7m3v8e4nspb3s0h8x2v7q' }),
    sku: z.string().nullable().meta({ example: 'WDG-001' }),
    name: z.string().meta({ example: 'Widget Blue' }),
    price: z.number().meta({ description: 'What this customer pays.', example: 7.25 }),
    cataloguePrice: z.number().meta({ description: 'What everybody else pays.', example: 8.5 }),
  })
  .meta({ id: 'CustomerPrice' });
export type CustomerPriceOut = z.infer<typeof CustomerPriceOut>;

/** The row as the API promises it, its amounts as decimals. */
export function customerPriceOut(row: PriceOverride): CustomerPriceOut {
  return {
    productId: row.productId,
    sku: row.sku,
    name: row.name,
    price: row.ownCents / 100,
    cataloguePrice: row.priceCents / 100,
  };
}
