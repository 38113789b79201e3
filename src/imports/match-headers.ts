import type { ColumnMapping, ImportDescription } from './import-description.ts';
import { fieldNames } from './import-description.ts';

/** What people chose by hand: a column counted from 0, or null for "not in this file". */
export type ColumnOverrides<Values> = { [Name in keyof Values]?: number | null };

export interface HeaderMatch<Values> {
  columns: ColumnMapping<Values>;
  /** Required fields without a column; nothing can be imported before they have one. */
  missing: (keyof Values & string)[];
  /** Headers of columns that no field reads. */
  ignored: string[];
  /** Sentences for the preview: two headers for one field, columns that are never imported. */
  notices: string[];
}

/** Lower case without blanks, underscores, dashes and dots: `E-Mail_Address` and `email.address` are one header. */
export function normalizeHeader(header: string): string {
  return header.toLowerCase().replace(/[\s_.-]/g, '');
}

/** What to call a column in a list of them: its header, or its letter when it has none. */
export function columnName(headers: readonly string[], index: number): string {
  return headers[index] || `Column ${columnLetters(index)}`;
}

function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}

/**
 * Finds the fields' columns by their headers. Of two headers that fit one field the first wins and a notice says so;
 * an override beats both, and takes its column away from the field that would have had it.
 */
export function matchHeaders<Values extends object>(
  headers: readonly string[],
  description: ImportDescription<Values>,
  overrides: ColumnOverrides<Values> = {},
): HeaderMatch<Values> {
  const names = fieldNames(description);
  const columns: ColumnMapping<Values> = {};
  const chosen = new Set<number>();
  for (const name of names) {
    const index = overrides[name];
    if (typeof index !== 'number' || headers[index] === undefined) continue;
    columns[name] = index;
    chosen.add(index);
  }

  const fields = fieldsByHeader(description);
  const ignored: string[] = [];
  const notices: string[] = [];
  for (const [index, header] of headers.entries()) {
    const normal = normalizeHeader(header);
    if (chosen.has(index) || normal === '') continue;
    const name = fields.get(normal);
    const never = description.neverImported.get(normal);
    if (never) notices.push(never);
    else if (!name || overrides[name] === null) ignored.push(header);
    else if (columns[name] === undefined) columns[name] = index;
    else notices.push(twoHeaders(description.fields[name].label, headers, columns[name], index));
  }
  return {
    columns,
    missing: names.filter(
      (name) => description.fields[name].required && columns[name] === undefined,
    ),
    ignored,
    notices,
  };
}

function fieldsByHeader<Values extends object>(description: ImportDescription<Values>) {
  const fields = new Map<string, keyof Values & string>();
  for (const name of fieldNames(description)) {
    const { header, synonyms } = description.fields[name];
    for (const text of [header, ...synonyms]) fields.set(normalizeHeader(text), name);
  }
  return fields;
}

function twoHeaders(
  label: string,
  headers: readonly string[],
  used: number,
  unused: number,
): string {
  return `Two columns fit ${label}: "${headers[used]}" is used, "${headers[unused]}" is ignored.`;
}
