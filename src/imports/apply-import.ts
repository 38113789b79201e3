import { NeonDbError } from '@neondatabase/serverless';
import { and, inArray, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { imports } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { countOf } from '../lib/format-number.ts';
import { tenant } from '../tenant.ts';
import { enteredCompany } from './entered-company.ts';
import { failImport } from './fail-import.ts';
import type { ImportDescription, ImportKind } from './import-description.ts';
import { type MatchedFile, compare, lookUps, matchFile } from './import-file.ts';
import { type ImportPreview, importObstacle } from './preview-import.ts';
import { thisImport } from './queries.ts';
import { readImportFile } from './read-import-file.ts';
import { KEPT_DAYS } from './start-import.ts';
import { type UploadStore, readUpload } from './upload-store.ts';

/**
 * The job behind a queue message: all of the file in one transaction, or none of it. Safe to run again, late or twice
 * at once: whoever finds the import finished changes nothing. What no repetition would mend ends the import as failed.
 * @throws whatever a later try may get past: a lost connection, a deadlock
 */
export async function applyImport<Values extends object>(
  ctx: Ctx,
  description: ImportDescription<Values>,
  store: UploadStore,
  id: Id<'import'>,
): Promise<void> {
  const mapping = await beginImport(ctx, description, id);
  if (!mapping) return;
  const fail = (failure: string) => failImport(ctx, description, id, failure);
  const bytes = await readUpload(store, enteredCompany(ctx), id);
  const read = bytes && readImportFile(bytes);
  if (!read?.ok) return fail('The uploaded file is no longer kept. Upload it again.');

  const file = matchFile(description, read.csv, mapping);
  const preview = await compareNow(ctx, description, file);
  const obstacle = importObstacle(preview);
  if (obstacle) return fail(failureOf(preview, obstacle));

  try {
    await writeImport(ctx, description, id, preview);
  } catch (error) {
    const failure = lastingFailure(error, description, preview);
    if (failure) return fail(failure);
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    // A key was given to something else since it was looked up: the job ends, and says to what.
    const now = await compareNow(ctx, description, file);
    const taken = importObstacle(now);
    if (taken) return fail(failureOf(now, taken));
    // Or it has finished meanwhile, by the same message delivered twice. Else the next try finds out.
    if (await beginImport(ctx, description, id)) throw error;
  }
}

async function compareNow<Values extends object>(
  ctx: Ctx,
  description: ImportDescription<Values>,
  file: MatchedFile<Values>,
): Promise<ImportPreview<Values>> {
  const [stored, concerns] = await tenant(ctx, description.permission).batch(
    lookUps(ctx, description, file),
  );
  return compare(description, file, stored, concerns);
}

/** The mapping of an import that may run, which from now on shows as running; null = there is nothing to do. */
async function beginImport(ctx: Ctx, kind: ImportKind, id: Id<'import'>) {
  const [[begun]] = await tenant(ctx, kind.permission).batch([
    ctx.db
      .update(imports)
      .set({ state: 'running' })
      .where(and(thisImport(ctx, kind, id), inArray(imports.state, ['waiting', 'running'])))
      .returning({ mapping: imports.mapping }),
  ]);
  return begun?.mapping;
}

/** The whole file in one call (db/sql/import-customers.sql, import-products.sql): one round trip, one transaction. */
async function writeImport<Values extends object>(
  ctx: Ctx,
  { noun, permission, newId, derived }: ImportDescription<Values>,
  id: Id<'import'>,
  { rows, fields }: ImportPreview<Values>,
): Promise<void> {
  const records = JSON.stringify(
    rows.map(({ values }) => ({ id: newId(), ...values, ...derived(values) })),
  );
  const apply = sql.raw(`apply_${noun}_import`);
  await tenant(ctx, permission, 'bulk').batch([
    ctx.db
      .select({
        applied:
          sql`${apply}(${id}, ${records}::jsonb, ${sql.param([...fields])}::text[], ${ctx.now.toISOString()}, make_interval(days => ${KEPT_DAYS}))`.as(
            'applied',
          ),
      })
      .from(sql`(values (1)) as once`),
  ]);
}

const NOTHING_CHANGED = 'Nothing was changed.';

/** Records changed since the preview, so that the file no longer fits: the first issue says where. */
function failureOf<Values>({ issues }: ImportPreview<Values>, obstacle: string): string {
  const [first] = issues;
  return first
    ? `Row ${first.row}: ${first.message} ${obstacle} ${NOTHING_CHANGED}`
    : `${obstacle} ${NOTHING_CHANGED}`;
}

/** SQLSTATE classes of data and integrity errors: the same file would fail the same way again. */
const REFUSED_DATA = /^2[23]/;

function lastingFailure<Values>(
  error: unknown,
  { noun }: ImportKind,
  preview: ImportPreview<Values>,
): string | null {
  if (error instanceof AppError && error.code === 'plan_limit') {
    return `Creating ${countOf(preview.creates, noun)} would pass your plan's ${noun} limit. ${NOTHING_CHANGED}`;
  }
  const cause = error instanceof Error && error.cause instanceof NeonDbError ? error.cause : error;
  return cause instanceof NeonDbError && REFUSED_DATA.test(cause.code ?? '')
    ? `The database refused a value of the file: ${cause.message}. ${NOTHING_CHANGED}`
    : null;
}
