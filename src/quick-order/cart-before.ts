import type { Id } from '#db/ids.ts';
import type { CartUnits } from '../cart/cart-units.ts';
import { judgeRows, type RowMatch, type WantedRow } from './judge-rows.ts';

/**
 * The cart as rows find it that were written against the cart they `seen`. Where it holds just what they would have made of
 * that one, they are in it already, and are judged once more as they were then: the same form sent twice comes to the same.
 */
export function cartBefore(
  rows: readonly WantedRow[],
  matches: ReadonlyMap<number, RowMatch>,
  cart: CartUnits,
  seen: CartUnits,
): CartUnits {
  const wanted = new Map<Id<'product'>, number>();
  for (const { state, match, units } of judgeRows(rows, matches, seen)) {
    if (state === 'ok' && match) wanted.set(match.id, (wanted.get(match.id) ?? 0) + (units ?? 0));
  }
  const before = new Map(cart);
  for (const [id, units] of wanted) {
    const then = seen.get(id) ?? 0;
    if (cart.get(id) === then + units) before.set(id, then);
  }
  return before;
}
