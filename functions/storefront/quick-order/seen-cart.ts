import { isId } from '#db/ids.ts';
import type { CartUnits } from '#src/cart/cart-units.ts';

/** What is in the cart while a page is shown, for the page's form to send along: `prd_…:3 prd_…:12`. */
export function seenCart(cart: CartUnits): string {
  return [...cart].map(([id, units]) => `${id}:${units}`).join(' ');
}

/** Reads what `seenCart` wrote; null = the form sent nothing along. */
export function readSeenCart(field: unknown): CartUnits | null {
  if (typeof field !== 'string') return null;
  const pairs = field.split(' ').map((pair) => pair.split(':'));
  return new Map(
    pairs.flatMap(([id = '', units = '']) =>
      isId('product', id) && /^\d{1,5}$/.test(units) ? [[id, Number(units)]] : [],
    ),
  );
}
