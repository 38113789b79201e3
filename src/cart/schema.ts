import { z } from 'zod';
import { type Id, isId } from '#db/ids.ts';
import { typed } from '../lib/typed.ts';
import { readQuantity } from '../orders/read-quantity.ts';
import { QUANTITY_MAX, quantity } from '../orders/schema.ts';

/** What a line of the cart is set to; nothing removes it. */
export const CartQuantity = z.object({
  quantity: typed((text) => readQuantity(text, 0)).transform(({ units }) => units),
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
