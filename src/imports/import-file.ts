import type { Ctx } from '../context.ts';
import type { ParsedCsv } from '../lib/csv-parse.ts';
import type { Concern, ImportDescription, Stored } from './import-description.ts';
import { type ImportMapping, columnOverrides } from './import-mapping.ts';
import { type HeaderMatch, matchHeaders } from './match-headers.ts';
import { type ImportPreview, importKeys, previewImport } from './preview-import.ts';

/** A file whose columns are known, ready to be compared with the records it names. */
export interface MatchedFile<Values> {
  csv: ParsedCsv;
  match: HeaderMatch<Values>;
  keys: string[];
}

export function matchFile<Values extends object>(
  description: ImportDescription<Values>,
  csv: ParsedCsv,
  mapping: Readonly<Partial<ImportMapping>>,
): MatchedFile<Values> {
  const match = matchHeaders(csv.headers, description, columnOverrides(description, mapping));
  return { csv, match, keys: importKeys(csv, match.columns, description) };
}

/** What the company has of what the file names, for a batch; `compare` takes both answers. */
export function lookUps<Values extends object>(
  ctx: Ctx,
  description: ImportDescription<Values>,
  { keys }: MatchedFile<Values>,
) {
  return [description.stored(ctx, keys), description.concerns(ctx, keys)] as const;
}

export function compare<Values extends object>(
  description: ImportDescription<Values>,
  { csv, match }: MatchedFile<Values>,
  stored: readonly Stored<Values>[],
  concerns: readonly Concern[],
): ImportPreview<Values> {
  const existing = new Map(stored.map((record) => [String(record[description.key]), record]));
  const remarks = new Map(concerns.map((concern) => [concern.key, description.remark(concern)]));
  return previewImport(csv, match, description, existing, remarks);
}
