import { z } from 'zod';
import { typedPrice } from '../catalog/price.ts';
import { ProductInput } from '../catalog/schema.ts';
import { inCurrency, typedAmount } from '../lib/typed.ts';

const price = typedAmount(typedPrice)
  .transform(({ cents }) => cents)
  .prefault('');

/** One price as its form sends it, in cents; `seen` is the one it was opened on, null (sent empty) for a new one. */
export const CustomerPriceForm = inCurrency(
  z.object({
    price,
    seen: z
      .string()
      .regex(/^\d{1,12}$/)
      .transform(Number)
      .nullable()
      .catch(null),
  }),
);
export type CustomerPriceForm = z.infer<typeof CustomerPriceForm>;

/** What `PUT /api/v1/customers/{id}/prices/{productId}` takes: a decimal number. */
export const PriceInput = z.object({ price: ProductInput.shape.price }).meta({ id: 'PriceInput' });
export type PriceInput = z.infer<typeof PriceInput>;
