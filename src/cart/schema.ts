import { z } from 'zod';
import { type Id, isId } from '#db/ids.ts';
import { QUANTITY_MAX, quantity } from '../orders/schema.ts';

const WHOLE = `Quantity must be a whole number from 0 to ${QUANTITY_MAX}.`;

/** What a line of the cart is set to; nothing removes it. */
export const CartQuantity = z.object({
  quantity: z
    .string(WHOLE)
    .trim()
    .regex(/^\d{1,5}$/, WHOLE)
    .transform(Number),
});

/** Products to put into the cart, perhaps the same one several times. */
export const CartAddition = z.array(
  z.object({
    productId: z.custom<Id<'product'>>((id) => typeof id === 'string' && isId('product', id)),
    quantity,
    /** Units the page showed to be in the cart; 0 = none. */
    seen: z.number().int().min(0).max(QUANTITY_MAX).default(0),
  }),
);
export type CartAddition = z.infer<typeof CartAddition>;
