import { customerImport } from '../imports/customer-import.ts';
import { exportHeaders, exportRow } from '../imports/export-csv.ts';
import type { Ctx } from '../context.ts';
import { UTF8_BOM, csvLine } from '../lib/csv-format.ts';
import { isStorable } from '../lib/fields.ts';
import type { Page } from '../lib/page.ts';
import { checkViewer } from '../tenant.ts';
import type { CustomerFilter } from './customer-list.ts';
import { type Customer, type CustomerListInput, listCustomers } from './queries.ts';

/** Customers of one round trip. */
const EXPORT_PAGE = 5000;

/**
 * The filtered customers as a CSV file that an import takes back ("CSV export"), piece by piece: never more than a page
 * of them is in memory. In the order they joined, which no change meanwhile can alter: nobody is left out or comes twice.
 * @throws AppError unauthorized, forbidden: before the first piece
 */
export async function exportCustomers(
  ctx: Ctx,
  filter: CustomerFilter,
  pageSize = EXPORT_PAGE,
): Promise<AsyncGenerator<string>> {
  const input: CustomerListInput = {
    ...filter,
    limit: pageSize,
    sort: 'created',
    descending: false,
  };
  // Nobody can have a text in their name that cannot be stored.
  if (isStorable(filter.search ?? '')) return pieces(ctx, input, await listCustomers(ctx, input));
  await checkViewer(ctx, 'customers:read');
  return pieces(ctx, input, null);
}

async function* pieces(ctx: Ctx, input: CustomerListInput, first: Page<Customer> | null) {
  yield UTF8_BOM + csvLine(exportHeaders(customerImport));
  let page = first;
  while (page?.last) {
    yield page.rows.map((customer) => csvLine(exportRow(customerImport, customer))).join('');
    if (!page.hasMore) return;
    page = await listCustomers(ctx, { ...input, cursor: page.last });
  }
}
