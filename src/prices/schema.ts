import { z } from 'zod';
import { readPrice } from '../catalog/price.ts';
import { ProductInput } from '../catalog/schema.ts';
import { typed } from '../lib/typed.ts';

const price = typed(readPrice)
  .transform(({ cents }) => cents)
  .prefault('');

/** One price as its form sends it, in cents; `seen` is the one it was opened on, null for a new one. */
export const PriceForm = z.object({
  price,
  seen: z.coerce.number().int().nonnegative().nullable().catch(null),
});
export type PriceForm = z.infer<typeof PriceForm>;

/** What `PUT /api/v1/customers/{id}/prices/{productId}` takes: a decimal number. */
export const PriceInput = z.object({ price: ProductInput.shape.price }).meta({ id: 'PriceInput' });
export type PriceInput = z.infer<typeof PriceInput>;
