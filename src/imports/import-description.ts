import type { RunnableQuery } from 'drizzle-orm/runnable-query';
import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';

/** What a cell means, or why it cannot be taken; a warning goes with a value that was read generously. */
export type CellResult<Value> = { value: Value; warning?: string } | { issue: string };

/** One column of an import and of the export that it takes back. */
export interface ImportField<Value> {
  /** The column's name in exports and templates, and the first of its recognised headers. */
  header: string;
  /** What people call it, as in `Credit limit`. */
  label: string;
  required: boolean;
  /** Further headers, in any spelling that `normalizeHeader` makes equal. */
  synonyms: readonly string[];
  parse: (cell: string) => CellResult<Value>;
  /** The cell the export writes, which `parse` reads back to the same value. */
  format: (value: Value) => string;
}

/** A record the company has already; `version` tells whether it changed since. */
export type Stored<Values> = Values & { id: string; version: number };

/** A statement for a batch, and what it brings. */
type Query<Row> = RunnableQuery<Row[], 'pg'>;

/** What the company has that a key concerns, though it is not the key of a record that could be imported. */
export interface Concern {
  key: string;
  /** What people call it. */
  name: string;
}

/** Which kind of record an import is of, for what needs not know its columns. */
export interface ImportKind {
  kind: 'customers' | 'products';
  /** One of them, in words and in the names of the database's functions (db/sql/import-jobs.sql). */
  noun: 'customer' | 'product';
  permission: 'customers:write' | 'products:write';
}

/** How one kind of record comes from a spreadsheet: the same machine reads customers and products. */
export interface ImportDescription<Values extends object> extends ImportKind {
  /** The text field whose value is the record's identity within the company. */
  key: KeyOf<Values>;
  /** The columns, in the order of the export. */
  fields: { readonly [Name in keyof Values]: ImportField<Values[Name]> };
  /** Values of a new record whose columns are not in the file. */
  defaults: Partial<Values>;
  /** Normalised headers that are never read, with the sentence that says so. */
  neverImported: ReadonlyMap<string, string>;
  newId: () => Id<'customer'> | Id<'product'>;
  /** The stored lower-case keys of a record, made here because Postgres' lower() knows only ASCII. */
  derived: (values: Values) => object;
  /** The look-ups of all keys a file names, each one statement. */
  stored: (ctx: Ctx, keys: string[]) => Query<Stored<Values>>;
  concerns: (ctx: Ctx, keys: string[]) => Query<Concern>;
  /** What to say of a row whose key concerns something; a warning is for keys nobody has yet. */
  remark: (concern: Concern) => { issue: string } | { warning: string };
  /** How many the plan allows, and how many there are. */
  usage: (ctx: Ctx) => Query<{ used: number; most: number | null }>;
}

export type KeyOf<Values> = {
  [Name in keyof Values & string]: Values[Name] extends string ? Name : never;
}[keyof Values & string];

/** Where each field is in the file: its column, counted from 0. */
export type ColumnMapping<Values> = { [Name in keyof Values]?: number };

/** The fields' names in the order of the description. */
export function fieldNames<Values extends object>(
  description: ImportDescription<Values>,
): (keyof Values & string)[] {
  return Object.keys(description.fields) as (keyof Values & string)[];
}
