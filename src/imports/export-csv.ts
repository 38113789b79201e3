import { UTF8_BOM, csvLine, formatCsv } from '../lib/csv-format.ts';
import type { RowMessage } from '../lib/csv-parse.ts';
import type { Page } from '../lib/page.ts';
import type { ImportDescription } from './import-description.ts';
import { fieldNames } from './import-description.ts';

/** The header cells of the export that this import takes back. */
export function exportHeaders<Values extends object>(
  description: ImportDescription<Values>,
): string[] {
  return fieldNames(description).map((name) => description.fields[name].header);
}

/** One record's cells, for `csvLine`. Importing them again leaves the record unchanged. */
export function exportRow<Values extends object>(
  description: ImportDescription<Values>,
  values: Values,
): string[] {
  return fieldNames(description).map((name) => description.fields[name].format(values[name]));
}

/**
 * The file that this import takes back, page by page: never more than one of them is in memory.
 * @param list the page that starts at a cursor; what the first is refused with is thrown before the first piece
 */
export async function csvPages<Values extends object>(
  description: ImportDescription<Values>,
  list: (cursor?: string) => Promise<Page<Values>>,
): Promise<AsyncGenerator<string>> {
  return pieces(description, list, await list());
}

async function* pieces<Values extends object>(
  description: ImportDescription<Values>,
  list: (cursor: string) => Promise<Page<Values>>,
  first: Page<Values>,
) {
  yield UTF8_BOM + csvLine(exportHeaders(description));
  let page = first;
  while (page.last) {
    yield page.rows.map((row) => csvLine(exportRow(description, row))).join('');
    if (!page.hasMore) return;
    page = await list(page.last);
  }
}

/** All issues of a preview as a file: row in the spreadsheet and what is wrong. */
export function issuesCsv(issues: readonly RowMessage[]): string {
  return formatCsv(
    ['row', 'message'],
    issues.map(({ row, message }) => [String(row), message]),
  );
}
