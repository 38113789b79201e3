import type { CsvRow } from '../lib/csv-dialect.ts';
import type { RowMessage } from '../lib/csv-parse.ts';
import { UNSTORABLE, isStorable } from '../lib/fields.ts';
import type {
  CellResult,
  ColumnMapping,
  ImportDescription,
  KeyOf,
  Stored,
} from './import-description.ts';
import { fieldNames } from './import-description.ts';

/** The mapped cells of one row. Fields with an issue are not in `values`; a bad key is null. */
export interface ReadRow<Values> {
  key: string | null;
  values: Partial<Values>;
  current: Stored<Values> | undefined;
  issues: RowMessage[];
  warnings: RowMessage[];
}

/** The row's identity, or null when its cell holds none. */
export function readKey<Values extends object>(
  row: CsvRow,
  columns: ColumnMapping<Values>,
  description: ImportDescription<Values>,
): string | null {
  return keyOf(keyResult(row, columns, description));
}

function keyResult<Values extends object>(
  { cells }: CsvRow,
  columns: ColumnMapping<Values>,
  { key, fields }: ImportDescription<Values>,
): CellResult<Values[KeyOf<Values>]> {
  const cell = cells[columns[key] ?? -1] ?? '';
  return isStorable(cell) ? fields[key].parse(cell) : { issue: UNSTORABLE };
}

function keyOf(result: CellResult<unknown>): string | null {
  return 'value' in result ? String(result.value) : null;
}

/** Reads one row against the record it meets, if there is one. */
export function readRow<Values extends object>(
  { row, cells }: CsvRow,
  columns: ColumnMapping<Values>,
  description: ImportDescription<Values>,
  existing: ReadonlyMap<string, Stored<Values>>,
): ReadRow<Values> {
  const identity = keyResult({ row, cells }, columns, description);
  const key = keyOf(identity);
  const current = key === null ? undefined : existing.get(key);
  const read: ReadRow<Values> = { key, values: {}, current, issues: [], warnings: [] };
  for (const name of fieldNames(description)) {
    const column = columns[name];
    if (column === undefined) continue;
    const cell = cells[column] ?? '';
    if (!isStorable(cell)) {
      return { ...read, issues: [{ row, message: UNSTORABLE }] };
    }
    const result = name === description.key ? identity : readCell(cell, name, description, current);
    if ('issue' in result) {
      read.issues.push({ row, message: result.issue });
      continue;
    }
    read.values[name] = result.value;
    // A key that finds its record is right, however odd it looks.
    const isFound = name === description.key && current !== undefined;
    if (result.warning && !isFound) read.warnings.push({ row, message: result.warning });
  }
  return read;
}

/** A cell that holds what the export writes for the stored value keeps that value, whatever the rule for new ones. */
function readCell<Values extends object, Name extends keyof Values>(
  cell: string,
  name: Name,
  { fields }: ImportDescription<Values>,
  current: Stored<Values> | undefined,
): CellResult<Values[Name]> {
  const field = fields[name];
  if (current) {
    const stored = field.format(current[name]);
    if (cell === stored || cell.trim() === stored) return { value: current[name] };
  }
  return field.parse(cell);
}
