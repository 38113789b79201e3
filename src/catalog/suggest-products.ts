import type { Ctx } from '../context.ts';
import { searched } from '../lib/list-view.ts';
import { checkViewer, tenant } from '../tenant.ts';
import { isNear, MATCH } from './find-products.ts';
import { type StoreProduct, storeProducts } from './store-catalog.ts';

const SUGGESTIONS = 8;

/** A product that may be meant. */
export interface Suggestion extends StoreProduct {
  /** Its name or SKU begins with what was typed, or has words that do: the order pad may take it. */
  byName: boolean;
  /** It only looks like what was typed. */
  isNear: boolean;
}

/** The products a text means, the best match first, what the customer has bought before first among equals. */
export async function suggestProducts(ctx: Ctx, typed: string): Promise<Suggestion[]> {
  const search = searched(typed);
  if (!search) {
    await checkViewer(ctx, 'own_orders:write');
    return [];
  }
  const view = { search, sort: MATCH, descending: false, backwards: false } as const;
  const [found] = await tenant(ctx, 'own_orders:write').batch([
    storeProducts(ctx, view, SUGGESTIONS),
  ]);
  return found.map(({ key, rank, ...product }) => ({
    ...product,
    // A part from the middle of a word of the name says too little.
    byName: rank !== null && rank <= 4 && !key.startsWith('42'),
    isNear: isNear(key),
  }));
}
