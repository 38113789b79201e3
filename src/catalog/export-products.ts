import { exportHeaders, exportRow } from '../imports/export-csv.ts';
import { productImport } from '../imports/product-import.ts';
import type { Ctx } from '../context.ts';
import { UTF8_BOM, csvLine } from '../lib/csv-format.ts';
import { isStorable } from '../lib/fields.ts';
import type { Page } from '../lib/page.ts';
import { checkViewer } from '../tenant.ts';
import type { ProductFilter } from './product-list.ts';
import { type Product, type ProductListInput, listProducts } from './queries.ts';

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
  const input: ProductListInput = {
    ...filter,
    limit: pageSize,
    sort: 'created',
    descending: false,
  };
  // No product can have a text that cannot be stored.
  if (isStorable((filter.search ?? '') + (filter.category ?? ''))) {
    return pieces(ctx, input, await listProducts(ctx, input));
  }
  await checkViewer(ctx, 'products:read');
  return pieces(ctx, input, null);
}

async function* pieces(ctx: Ctx, input: ProductListInput, first: Page<Product> | null) {
  yield UTF8_BOM + csvLine(exportHeaders(productImport));
  let page = first;
  while (page?.last) {
    yield page.rows
      .map((product) => csvLine(exportRow(productImport, { ...product, sku: product.sku ?? '' })))
      .join('');
    if (!page.hasMore) return;
    page = await listProducts(ctx, { ...input, cursor: page.last });
  }
}
