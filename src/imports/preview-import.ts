import type { CsvRow } from '../lib/csv-dialect.ts';
import type { ParsedCsv, RowMessage } from '../lib/csv-parse.ts';
import { duplicateKeys } from './duplicate-keys.ts';
import type { ColumnMapping, ImportDescription, Stored } from './import-description.ts';
import { fieldNames } from './import-description.ts';
import { labelInSentence } from './issue-text.ts';
import type { HeaderMatch } from './match-headers.ts';
import type { ReadRow } from './read-row.ts';
import { readKey, readRow } from './read-row.ts';

export type ImportAction = 'create' | 'update' | 'unchanged';

/** One field of an update, as the cells an export would show. */
interface FieldChange {
  label: string;
  from: string;
  to: string;
}

/** A row the import can apply. In `values`, columns that are not in the file have the defaults of a new record. */
export interface ImportRow<Values> {
  row: number;
  action: ImportAction;
  values: Values;
  /** The record the row meets, as it was at the preview; null for a new one. */
  current: { id: string; version: number } | null;
  changes: FieldChange[];
}

/** What an import would do. With any issue, or without rows, it must not be applied. */
export interface ImportPreview<Values> {
  /** The fields the file has a column for: the only ones an update may set. */
  fields: (keyof Values & string)[];
  creates: number;
  updates: number;
  unchanged: number;
  rows: ImportRow<Values>[];
  /** Up to 50 rows to show in file order, those that change something before the others are considered. */
  samples: ImportRow<Values>[];
  issues: RowMessage[];
  warnings: RowMessage[];
}

const SAMPLE_ROWS = 50;

/** The identities a file names, to look up what the company has already: valid ones, each once, in file order. */
export function importKeys<Values extends object>(
  csv: ParsedCsv,
  columns: ColumnMapping<Values>,
  description: ImportDescription<Values>,
): string[] {
  const keys = readableRows(csv).map((row) => readKey(row, columns, description));
  return [...new Set(keys.filter((key) => key !== null))];
}

/**
 * Compares a file with what the company has. Fields without a column are left alone, mapped empty cells clear, and a
 * cell that holds what the export writes for the stored value changes nothing (decisions 10 and 11).
 * @param existing the stored records by key, at least those of `importKeys`
 * @param remarks what there is to say of keys; a warning is for those nobody has yet
 */
export function previewImport<Values extends object>(
  csv: ParsedCsv,
  { columns, missing }: HeaderMatch<Values>,
  description: ImportDescription<Values>,
  existing: ReadonlyMap<string, Stored<Values>>,
  remarks: ReadonlyMap<string, { issue: string } | { warning: string }> = new Map(),
): ImportPreview<Values> {
  const keyLabel = labelInSentence(description.fields[description.key].label);
  const reads = missing.length
    ? []
    : readableRows(csv).map((row) => ({
        row: row.row,
        ...readRow(row, columns, description, existing),
      }));
  const issues = [
    ...missing.map((name) => ({
      row: csv.headerRow,
      message: `No column for ${description.fields[name].label}: choose one.`,
    })),
    ...csv.problems,
    ...reads.flatMap((read) => read.issues),
    ...reads.flatMap(({ row, key }) => {
      const remark = key === null ? undefined : remarks.get(key);
      return remark && 'issue' in remark ? [{ row, message: remark.issue }] : [];
    }),
    ...duplicateKeys(reads).map(({ row, key, other }) => ({
      row,
      message: `Duplicate ${keyLabel} "${key}" also on row ${other}`,
    })),
  ].toSorted((a, b) => a.row - b.row);
  const bad = new Set(issues.map(({ row }) => row));
  const rows = reads
    .filter(({ row }) => !bad.has(row))
    .map((read) => importRow(read.row, read, description));
  const count = (action: ImportAction) => rows.filter((row) => row.action === action).length;
  return {
    fields: fieldNames(description).filter((name) => columns[name] !== undefined),
    creates: count('create'),
    updates: count('update'),
    unchanged: count('unchanged'),
    rows,
    samples: sample(rows),
    issues,
    warnings: reads.flatMap(({ row, key, current, warnings }) => {
      const remark = key === null || current ? undefined : remarks.get(key);
      return remark && 'warning' in remark
        ? [{ row, message: remark.warning }, ...warnings]
        : warnings;
    }),
  };
}

/** Why a preview cannot be applied, for the place next to the button; null when it can. */
export function importObstacle<Values>({ issues, rows }: ImportPreview<Values>): string | null {
  if (issues.length === 1) return 'Fix the issue in your file and upload it again.';
  if (issues.length > 1) return `Fix the ${issues.length} issues in your file and upload it again.`;
  return rows.length === 0 ? 'The file has no rows to import.' : null;
}

function readableRows({ rows, problems }: ParsedCsv): CsvRow[] {
  const bad = new Set(problems.map(({ row }) => row));
  return rows.filter(({ row }) => !bad.has(row));
}

function importRow<Values extends object>(
  row: number,
  { values: mapped, current }: ReadRow<Values>,
  description: ImportDescription<Values>,
): ImportRow<Values> {
  // Every required field is mapped and without an issue here, and the others have a default.
  const values = { ...description.defaults, ...mapped } as Values;
  if (!current) return { row, action: 'create', values, current: null, changes: [] };
  const changes = fieldNames(description)
    .filter((name) => name in mapped && mapped[name] !== current[name])
    .map((name) => change(name, current, values, description));
  return {
    row,
    action: changes.length ? 'update' : 'unchanged',
    values,
    current: { id: current.id, version: current.version },
    changes,
  };
}

function change<Values extends object, Name extends keyof Values>(
  name: Name,
  from: Values,
  to: Values,
  { fields }: ImportDescription<Values>,
): FieldChange {
  const { label, format } = fields[name];
  return { label, from: format(from[name]), to: format(to[name]) };
}

function sample<Values>(rows: readonly ImportRow<Values>[]): ImportRow<Values>[] {
  if (rows.length <= SAMPLE_ROWS) return [...rows];
  const changing = rows.filter(({ action }) => action !== 'unchanged');
  const others = rows.filter(({ action }) => action === 'unchanged');
  return [...changing, ...others].slice(0, SAMPLE_ROWS);
}
