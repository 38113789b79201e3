import { formatCsv } from '../lib/csv-format.ts';
import type { RowMessage } from '../lib/csv-parse.ts';
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

/** All issues of a preview as a file: row in the spreadsheet and what is wrong. */
export function issuesCsv(issues: readonly RowMessage[]): string {
  return formatCsv(
    ['row', 'message'],
    issues.map(({ row, message }) => [String(row), message]),
  );
}
