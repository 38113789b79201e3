import { customerImport } from '../imports/customer-import.ts';
import { csvPages } from '../imports/export-csv.ts';
import type { Ctx } from '../context.ts';
import type { CustomerFilter } from './customer-list.ts';
import { listCustomers } from './queries.ts';

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
  const input = { ...filter, limit: pageSize, sort: 'created', descending: false } as const;
  return csvPages(customerImport, (cursor) => listCustomers(ctx, { ...input, cursor }));
}
