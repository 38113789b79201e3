import { eq } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { planUsage } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { tenant } from '../tenant.ts';
import { compare, contactsByEmail, customerFile, customersByEmail } from './customer-file.ts';
import { type CustomerValues, customerImport } from './customer-import.ts';
import { enteredCompany } from './entered-company.ts';
import { type ImportMapping, columnOverrides } from './import-mapping.ts';
import type { HeaderMatch } from './match-headers.ts';
import { type ImportPreview, importObstacle } from './preview-import.ts';
import { readImportFile } from './read-import-file.ts';
import { type UploadStore, readUpload } from './upload-store.ts';

export type StagedPreview =
  | { ok: false; reason: 'file_gone' }
  | {
      ok: true;
      headers: readonly string[];
      match: HeaderMatch<CustomerValues>;
      preview: ImportPreview<CustomerValues>;
      /** Why the import cannot be started, or null. */
      obstacle: string | null;
      /** What the plan allows, when the creates would pass it; the job decides, with the figures of its moment. */
      beyondPlan: { customers: number; maxCustomers: number } | null;
    };

/** What the staged file would do to the company's customers now. One round trip for all its data. */
export async function previewStagedImport(
  ctx: Ctx,
  store: UploadStore,
  id: Id<'import'>,
  mapping: Readonly<Partial<ImportMapping>>,
): Promise<StagedPreview> {
  const door = tenant(ctx, 'customers:write');
  const bytes = await readUpload(store, enteredCompany(ctx), id);
  const read = bytes && readImportFile(bytes);
  if (!read?.ok) return { ok: false, reason: 'file_gone' };
  const file = customerFile(read.csv, columnOverrides(customerImport, mapping));
  const [stored, contacts, [usage]] = await door.batch([
    customersByEmail(ctx, file.emails),
    contactsByEmail(ctx, file.emails),
    ctx.db
      .select({ customers: planUsage.customers, maxCustomers: planUsage.maxCustomers })
      .from(planUsage)
      .where(eq(planUsage.companyId, companyId(ctx))),
  ]);
  const preview = compare(file, stored, contacts);
  const { customers = 0, maxCustomers = null } = usage ?? {};
  return {
    ok: true,
    headers: read.csv.headers,
    match: file.match,
    preview,
    obstacle: missingColumns(file.match) ?? importObstacle(preview),
    beyondPlan:
      maxCustomers !== null && preview.creates > 0 && customers + preview.creates > maxCustomers
        ? { customers, maxCustomers }
        : null,
  };
}

/** A file without a column people expect has no mistake in it: there is something to choose. */
function missingColumns({ missing }: HeaderMatch<CustomerValues>): string | null {
  const labels = missing.map((name) => customerImport.fields[name].label);
  return labels.length === 0 ? null : `Choose the column of ${labels.join(', ')}.`;
}
