import { sql } from 'drizzle-orm';
import { type Id, newId } from '#db/ids.ts';
import { imports } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { DAY_MS } from '../lib/durations.ts';
import { tenant } from '../tenant.ts';
import { enteredCompany } from './entered-company.ts';
import type { ImportKind } from './import-description.ts';
import { readImportFile } from './read-import-file.ts';
import { type UploadStore, uploadKey } from './upload-store.ts';

const FILE_NAME_MAX = 100;
/** How long an upload nobody imports is kept. */
const STAGED_DAYS = 7;

type StageImportResult =
  | { ok: true; id: Id<'import'> }
  /** Beyond a limit, which the message names with the size found; nothing is kept. */
  | { ok: false; message: string };

/** Keeps an uploaded file for its preview. No record is touched before the import is started. */
export async function stageImport(
  ctx: Ctx,
  { kind, permission }: ImportKind,
  store: UploadStore,
  file: { name: string; bytes: Uint8Array },
): Promise<StageImportResult> {
  const door = tenant(ctx, permission);
  const read = readImportFile(file.bytes);
  if (!read.ok) return { ok: false, message: read.problem };
  const id = newId('import');
  await door.batch([
    ctx.db.insert(imports).values({
      id,
      companyId: companyId(ctx),
      kind,
      fileName: storedFileName(file.name),
      startedBy: sql`current_setting('app.actor_id')`,
      startedByName: sql`current_setting('app.actor_name')`,
      createdAt: ctx.now,
      keptUntil: new Date(ctx.now.getTime() + STAGED_DAYS * DAY_MS),
    }),
  ]);
  // After the database has let the person in. Without the file, the preview asks to upload it again.
  await store.put(uploadKey(enteredCompany(ctx), id), file.bytes);
  return { ok: true, id };
}

/** A name to show: what people call the file, without its folders, storable and short. */
export function storedFileName(name: string): string {
  const base = name.toWellFormed().split(/[\\/]/).at(-1) ?? '';
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  const characters = Array.from(base.replace(/[\u0000-\u001f\u007f]/g, ' ').trim());
  if (characters.length === 0) return 'Unnamed file';
  if (characters.length <= FILE_NAME_MAX) return characters.join('');
  return `${characters.slice(0, FILE_NAME_MAX - 1).join('')}…`;
}
