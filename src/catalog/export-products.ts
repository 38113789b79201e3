import { csvPages } from '../imports/export-csv.ts';
import { productImport } from '../imports/product-import.ts';
import type { Ctx } from '../context.ts';
import type { ProductFilter } from './product-list.ts';
import { listProducts } from './queries.ts';

/** Products of one round trip. */
const EXPORT_PAGE = 5000;

/**
 * The filtered products as a CSV file that an import takes back ("Products CSV"), piece by piece: never more than a page
 * of them is in memory. In the order they were added, which no change meanwhile can alter: none is left out or comes
 * twice. One without a SKU has an empty cell there, so that nothing is missing from the file; an import asks for it.
 * @throws AppError unauthorized, forbidden: before the first piece
 */
export async function exportProducts(
  ctx: Ctx,
  filter: ProductFilter,
  pageSize = EXPORT_PAGE,
): Promise<AsyncGenerator<string>> {
  const input = { ...filter, limit: pageSize, sort: 'created', descending: false } as const;
  return csvPages(productImport, async (cursor) => {
    const page = await listProducts(ctx, { ...input, cursor });
    return { ...page, rows: page.rows.map((row) => ({ ...row, sku: row.sku ?? '' })) };
  });
}
