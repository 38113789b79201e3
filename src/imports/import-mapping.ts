import { type ImportDescription, fieldNames } from './import-description.ts';
import type { ColumnOverrides, HeaderMatch } from './match-headers.ts';

/**
 * Which column each field is read from, as addresses, forms and the database carry it: our header → the file's column
 * counted from 0, or `''` for none. Columns have numbers because headers may be empty or there twice.
 */
export type ImportMapping = Record<string, string>;

const COLUMN = /^\d{1,4}$/;

/** What a mapping chooses; fields it does not name, or names badly, are found by their header. */
export function columnOverrides<Values extends object>(
  description: ImportDescription<Values>,
  mapping: Readonly<Record<string, string | undefined>>,
): ColumnOverrides<Values> {
  const overrides: ColumnOverrides<Values> = {};
  for (const name of fieldNames(description)) {
    const text = mapping[description.fields[name].header];
    if (text === '') overrides[name] = null;
    else if (text !== undefined && COLUMN.test(text)) overrides[name] = Number(text);
  }
  return overrides;
}

/** The mapping that repeats this match exactly. */
export function mappingOf<Values extends object>(
  description: ImportDescription<Values>,
  { columns }: HeaderMatch<Values>,
): ImportMapping {
  return Object.fromEntries(
    fieldNames(description).map((name) => [
      description.fields[name].header,
      String(columns[name] ?? ''),
    ]),
  );
}

/** The part of a posted form that is a mapping. */
export function pickMapping<Values extends object>(
  description: ImportDescription<Values>,
  form: Readonly<Record<string, unknown>>,
): ImportMapping {
  const mapping: ImportMapping = {};
  for (const name of fieldNames(description)) {
    const { header } = description.fields[name];
    const text = form[header];
    if (typeof text === 'string' && (text === '' || COLUMN.test(text))) mapping[header] = text;
  }
  return mapping;
}
