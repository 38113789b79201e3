import type { Ctx } from '../context.ts';
import { searched } from '../lib/list-view.ts';
import { checkViewer, tenant } from '../tenant.ts';
import { type StoreProduct, storeProducts } from './store-catalog.ts';

const SUGGESTIONS = 8;

/** Products whose name, SKU, category or description has a text in it: that very SKU first, then what is often bought. */
export async function suggestProducts(ctx: Ctx, typed: string): Promise<StoreProduct[]> {
  const search = searched(typed);
  if (!search) {
    await checkViewer(ctx, 'own_orders:write');
    return [];
  }
  const view = { search, sort: 'popular', descending: true, backwards: false } as const;
  const [found] = await tenant(ctx, 'own_orders:write').batch([
    storeProducts(ctx, view, SUGGESTIONS),
  ]);
  const sku = search.toLowerCase();
  return found
    .map(({ key: _key, ...product }) => product)
    .toSorted((a, b) => rank(a, sku) - rank(b, sku));
}

function rank({ sku }: StoreProduct, typed: string): number {
  const lowered = sku?.toLowerCase() ?? '';
  if (lowered === typed) return 0;
  return lowered !== '' && lowered.startsWith(typed) ? 1 : 2;
}
