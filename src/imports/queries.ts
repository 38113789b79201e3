import { and, desc, eq, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { imports } from '#db/schema/index.ts';
import { type Ctx, companyId } from '../context.ts';
import { AppError } from '../lib/errors.ts';
import { tenant } from '../tenant.ts';
import type { ImportKind } from './import-description.ts';

const importColumns = {
  id: imports.id,
  state: imports.state,
  fileName: imports.fileName,
  mapping: imports.mapping,
  created: imports.created,
  updated: imports.updated,
  unchanged: imports.unchanged,
  failure: imports.failure,
  undo: imports.undo,
  startedByName: imports.startedByName,
  createdAt: imports.createdAt,
  finishedAt: imports.finishedAt,
  keptUntil: imports.keptUntil,
};

export type Import = Pick<typeof imports.$inferSelect, keyof typeof importColumns>;

/** A record an import created or updated; of an undone one, a record that was kept. */
export interface ImportedRecord {
  id: string;
  /** Its email or SKU. */
  key: string;
  name: string | null;
  created: boolean;
  /** Changed or used by somebody after the import: undoing would leave this one as it is. */
  kept: boolean;
}

const LISTED_IMPORTS = 20;
export const LISTED_RECORDS = 50;

/** The newest imports of a kind, for the upload page. */
export async function listImports(ctx: Ctx, { kind, permission }: ImportKind): Promise<Import[]> {
  const [rows] = await tenant(ctx, permission).batch([
    ctx.db
      .select(importColumns)
      .from(imports)
      .where(and(eq(imports.companyId, companyId(ctx)), eq(imports.kind, kind)))
      .orderBy(desc(imports.createdAt), desc(imports.id))
      .limit(LISTED_IMPORTS),
  ]);
  return rows;
}

/**
 * One import and the first records it changed, those that undoing would keep before the others.
 * @throws AppError not_found
 */
export async function getImport(
  ctx: Ctx,
  kind: ImportKind,
  id: Id<'import'>,
): Promise<{ record: Import; changed: ImportedRecord[]; kept: number }> {
  const imported = sql`${sql.raw(`imported_${kind.noun}s`)}(${id})`;
  const [rows, changed, [counted]] = await tenant(ctx, kind.permission).batch([
    importById(ctx, kind, id),
    ctx.db
      .select({
        id: sql<string>`id`.as('id'),
        key: sql<string>`key`.as('key'),
        name: sql<string | null>`name`.as('name'),
        created: sql<boolean>`created`.as('created'),
        kept: sql<boolean>`kept`.as('kept'),
      })
      .from(imported)
      .orderBy(sql`kept desc, key collate "C"`)
      .limit(LISTED_RECORDS),
    ctx.db
      .select({ kept: sql<number>`(count(*) filter (where kept))::int`.as('n') })
      .from(imported),
  ]);
  return { record: foundImport(rows[0]), changed, kept: counted?.kept ?? 0 };
}

export function importById(ctx: Ctx, kind: ImportKind, id: Id<'import'>) {
  return ctx.db
    .select(importColumns)
    .from(imports)
    .where(thisImport(ctx, kind, id));
}

export function thisImport(ctx: Ctx, { kind }: ImportKind, id: Id<'import'>) {
  return and(eq(imports.companyId, companyId(ctx)), eq(imports.kind, kind), eq(imports.id, id));
}

export function foundImport(record: Import | undefined): Import {
  if (!record) throw new AppError('not_found', 'Import not found.');
  return record;
}
