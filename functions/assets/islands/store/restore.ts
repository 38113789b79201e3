import { keepOwn, readOwn } from '../storage/own-storage.ts';
import { buys, isInCart } from './fields.ts';
import { type Entries, waiting } from './outbox.ts';

/** What was typed for a product that is not in the cart, until it is added: kept while one searches and turns pages. */
const typedName = (product: string) => `typed ${product}`;

export const keepTyped = (product: string, quantity: string | null): void =>
  keepOwn(typedName(product), quantity);

/**
 * Shows in each field what was typed and has not arrived.
 * @param arrived what has just arrived: a product taken out with it can be added again from 1
 */
export function restore(arrived: Entries): void {
  const entries = waiting();
  for (const { box, field, product } of buys()) {
    const isHere = isInCart(box);
    if (isHere || arrived.has(product)) keepTyped(product, isHere ? null : field.value);
    const typed = entries.get(product)?.quantity ?? (isHere ? null : readOwn(typedName(product)));
    if (typed !== null && !field.disabled) field.value = typed;
    if (arrived.has(product) && !isHere && field.value.trim() === '0') {
      field.value = '1';
      keepTyped(product, null);
    }
  }
}
