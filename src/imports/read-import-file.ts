import { MAX_COLUMNS } from '../lib/csv-dialect.ts';
import { type ParsedCsv, parseCsv } from '../lib/csv-parse.ts';
import { formatNumber } from '../lib/format-number.ts';

export const IMPORT_MAX_BYTES = 2 * 1024 * 1024;
const IMPORT_MAX_ROWS = 5_000;

type ImportFile = { ok: true; csv: ParsedCsv } | { ok: false; problem: string };

/** Reads an upload within the limits, or says which one it passes. Blank rows do not count. */
export function readImportFile(bytes: Uint8Array): ImportFile {
  const problem = fileSizeProblem(bytes.length);
  if (problem) return { ok: false, problem };
  const csv = parseCsv(bytes, IMPORT_MAX_ROWS);
  const { columnCount, rowCount } = csv;
  if (columnCount > MAX_COLUMNS) {
    return { ok: false, problem: tooMany('wide', columnCount, MAX_COLUMNS, 'columns') };
  }
  if (rowCount > IMPORT_MAX_ROWS) {
    return { ok: false, problem: tooMany('long', rowCount, IMPORT_MAX_ROWS, 'rows') };
  }
  return { ok: true, csv };
}

/** Why a file of this size is not read at all, or null; for asking before the bytes are there. */
export function fileSizeProblem(bytes: number): string | null {
  if (bytes === 0) return 'File is empty.';
  if (bytes <= IMPORT_MAX_BYTES) return null;
  const megabytes = Math.ceil((bytes / (1024 * 1024)) * 100) / 100;
  return `File is too large: ${megabytes.toFixed(2)} MB. The limit is 2 MB.`;
}

function tooMany(what: string, found: number, limit: number, unit: string): string {
  return `File is too ${what}: ${formatNumber(found)} ${unit}. The limit is ${formatNumber(limit)} ${unit}.`;
}
