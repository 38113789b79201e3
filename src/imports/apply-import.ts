import { NeonDbError } from '@neondatabase/serverless';
import { and, inArray, sql } from 'drizzle-orm';
import { type Id, newId } from '#db/ids.ts';
import { imports } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { customerKeys } from '../customers/keys.ts';
import { AppError } from '../lib/errors.ts';
import { countOf } from '../lib/format-number.ts';
import { tenant } from '../tenant.ts';
import {
  compare,
  contactsByEmail,
  type CustomerFile,
  customerFile,
  customersByEmail,
} from './customer-file.ts';
import { type CustomerValues, customerImport } from './customer-import.ts';
import { enteredCompany } from './entered-company.ts';
import { failImport } from './fail-import.ts';
import { columnOverrides } from './import-mapping.ts';
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
export async function applyImport(ctx: Ctx, store: UploadStore, id: Id<'import'>): Promise<void> {
  const mapping = await beginImport(ctx, id);
  if (!mapping) return;
  const bytes = await readUpload(store, enteredCompany(ctx), id);
  const read = bytes && readImportFile(bytes);
  if (!read?.ok)
    return failImport(ctx, id, 'The uploaded file is no longer kept. Upload it again.');

  const file = customerFile(read.csv, columnOverrides(customerImport, mapping));
  const preview = await compareNow(ctx, file);
  const obstacle = importObstacle(preview);
  if (obstacle) return failImport(ctx, id, failureOf(preview, obstacle));

  try {
    await writeImport(ctx, id, preview);
  } catch (error) {
    const failure = lastingFailure(error, preview);
    if (failure) return failImport(ctx, id, failure);
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    // An email was given to a contact since it was looked up: the job ends, and says whose.
    const now = await compareNow(ctx, file);
    const taken = importObstacle(now);
    if (taken) return failImport(ctx, id, failureOf(now, taken));
    // Or it has finished meanwhile, by the same message delivered twice. Else the next try finds out.
    if (await beginImport(ctx, id)) throw error;
  }
}

async function compareNow(ctx: Ctx, file: CustomerFile): Promise<ImportPreview<CustomerValues>> {
  const [stored, contacts] = await tenant(ctx, 'customers:write').batch([
    customersByEmail(ctx, file.emails),
    contactsByEmail(ctx, file.emails),
  ]);
  return compare(file, stored, contacts);
}

/** The mapping of an import that may run, which from now on shows as running; null = there is nothing to do. */
async function beginImport(ctx: Ctx, id: Id<'import'>) {
  const [[begun]] = await tenant(ctx, 'customers:write').batch([
    ctx.db
      .update(imports)
      .set({ state: 'running' })
      .where(and(thisImport(ctx, id), inArray(imports.state, ['waiting', 'running'])))
      .returning({ mapping: imports.mapping }),
  ]);
  return begun?.mapping;
}

/** The whole file in one statement (db/sql/import-customers.sql): one round trip, one transaction. */
async function writeImport(
  ctx: Ctx,
  id: Id<'import'>,
  { rows, fields }: ImportPreview<CustomerValues>,
): Promise<void> {
  const records = JSON.stringify(
    rows.map(({ values }) => ({ id: newId('customer'), ...values, ...customerKeys(values) })),
  );
  await tenant(ctx, 'customers:write', 'bulk').batch([
    ctx.db
      .select({
        applied:
          sql`apply_customer_import(${id}, ${records}::jsonb, ${sql.param([...fields])}::text[], ${ctx.now.toISOString()}, make_interval(days => ${KEPT_DAYS}))`.as(
            'applied',
          ),
      })
      .from(sql`(values (1)) as once`),
  ]);
}

const NOTHING_CHANGED = 'Nothing was changed.';

/** Customers changed since the preview, so that the file no longer fits: the first issue says where. */
function failureOf({ issues }: ImportPreview<CustomerValues>, obstacle: string): string {
  const [first] = issues;
  return first
    ? `Row ${first.row}: ${first.message} ${obstacle} ${NOTHING_CHANGED}`
    : `${obstacle} ${NOTHING_CHANGED}`;
}

/** SQLSTATE classes of data and integrity errors: the same file would fail the same way again. */
const REFUSED_DATA = /^2[23]/;

function lastingFailure(error: unknown, preview: ImportPreview<CustomerValues>): string | null {
  if (error instanceof AppError && error.code === 'plan_limit') {
    return `Creating ${countOf(preview.creates, 'customer')} would pass your plan's customer limit. ${NOTHING_CHANGED}`;
  }
  const cause = error instanceof Error && error.cause instanceof NeonDbError ? error.cause : error;
  return cause instanceof NeonDbError && REFUSED_DATA.test(cause.code ?? '')
    ? `The database refused a value of the file: ${cause.message}. ${NOTHING_CHANGED}`
    : null;
}
