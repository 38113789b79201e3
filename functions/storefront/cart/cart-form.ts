import { z } from 'zod';
import { idFrom } from '#db/ids.ts';
import { shorten } from '#src/lib/shorten.ts';
import type { TypedLine } from '#src/cart/set-cart-lines.ts';

const list = z.union([z.array(z.string()), z.string().transform((one) => [one])]).default([]);

/** What the cart's one form sends, and what the script sends for it or for forms of the catalog. */
export const CartForm = z
  .object({
    /** Each line that was shown, as `shownLine` writes it. */
    line: list,
    /** What stands in its field, in the same order. */
    quantity: list,
    /** The product whose `Remove` was pressed. */
    remove: z.string().optional(),
    /** `Check out` was pressed. */
    checkout: z.string().optional(),
    /** The part of a long cart that was shown. */
    page: z.coerce.number().catch(1),
    /** Whose page sent it; left out by forms of the release before. */
    person: z.string().optional(),
    /** A page of the catalog asks: it wants the state of these products, and not the cart. */
    states: z.string().optional(),
  })
  .refine(({ line, quantity }) => line.length === quantity.length)
  .transform(({ line, quantity, remove, ...form }) => ({
    ...form,
    lines: [
      ...line.flatMap((shown, index) => typedLine(shown, quantity[index] ?? '')),
      ...(remove === undefined ? [] : [{ product: idFrom('product', remove), quantity: '0' }]),
    ],
  }));
export type CartForm = z.output<typeof CartForm>;

/** A line as the cart's form carries it: `prd_…:12`. */
export const shownLine = (product: string, quantity: number): string => `${product}:${quantity}`;

/** A quantity that stands as it was shown is not set: another device may have changed it since. */
function typedLine(shown: string, typed: string): TypedLine[] {
  const [id = '', before] = shown.split(':');
  return typed.trim() === before ? [] : [{ product: idFrom('product', id), quantity: typed }];
}

/** What was typed, to be shown again: no quantity is longer. */
export const shownQuantity = (quantity: string): string => shorten(quantity, 20);
