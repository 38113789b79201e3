import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { countOf, formatNumber } from '../lib/format-number.ts';
import { tenant } from '../tenant.ts';
import { enteredCompany } from './entered-company.ts';
import type { ImportDescription } from './import-description.ts';
import { compare, lookUps, matchFile } from './import-file.ts';
import type { ImportMapping } from './import-mapping.ts';
import type { HeaderMatch } from './match-headers.ts';
import { type ImportPreview, importObstacle } from './preview-import.ts';
import { readImportFile } from './read-import-file.ts';
import { type UploadStore, readUpload } from './upload-store.ts';

export type StagedPreview<Values> =
  | { ok: false; reason: 'file_gone' }
  | {
      ok: true;
      headers: readonly string[];
      match: HeaderMatch<Values>;
      preview: ImportPreview<Values>;
      /** Why the import cannot be started, or null. */
      obstacle: string | null;
    };

/** What the staged file would do to the company's records now. One round trip for all its data. */
export async function previewStagedImport<Values extends object>(
  ctx: Ctx,
  description: ImportDescription<Values>,
  store: UploadStore,
  id: Id<'import'>,
  mapping: Readonly<Partial<ImportMapping>>,
): Promise<StagedPreview<Values>> {
  const door = tenant(ctx, description.permission);
  const bytes = await readUpload(store, enteredCompany(ctx), id);
  const read = bytes && readImportFile(bytes);
  if (!read?.ok) return { ok: false, reason: 'file_gone' };
  const file = matchFile(description, read.csv, mapping);
  const [stored, concerns, [usage]] = await door.batch([
    ...lookUps(ctx, description, file),
    description.usage(ctx),
  ]);
  const preview = compare(description, file, stored, concerns);
  return {
    ok: true,
    headers: read.csv.headers,
    match: file.match,
    preview,
    obstacle:
      missingColumns(description, file.match) ??
      importObstacle(preview) ??
      beyondPlan(description, preview, usage),
  };
}

/** What the plan has no room for is refused as a whole: the job decides, with the figures of its moment. */
function beyondPlan<Values extends object>(
  { noun }: ImportDescription<Values>,
  { creates }: ImportPreview<Values>,
  { used, most }: { used: number; most: number | null } = { used: 0, most: null },
): string | null {
  if (most === null || creates === 0 || used + creates <= most) return null;
  return `This file creates ${countOf(creates, noun)}. You have ${formatNumber(used)}, and your plan allows ${formatNumber(most)}.`;
}

/** A file without a column people expect has no mistake in it: there is something to choose. */
function missingColumns<Values extends object>(
  { fields }: ImportDescription<Values>,
  { missing }: HeaderMatch<Values>,
): string | null {
  const labels = missing.map((name) => fields[name].label);
  return labels.length === 0 ? null : `Choose the column of ${labels.join(', ')}.`;
}
