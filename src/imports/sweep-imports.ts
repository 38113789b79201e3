import { and, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { importChanges, imports } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { system } from '../tenant.ts';
import type { ImportMessage } from './import-message.ts';
import { type UploadStore, uploadKey } from './upload-store.ts';

/** After this long without an end, the message may be lost; if it is only late, the second one does nothing. */
const LOST_AFTER_MS = 2 * 60_000;
/** As many messages as a queue takes in one batch. */
const SWEPT_AT_ONCE = 100;

/** The imports whose job should have ended by now, to be told to the queue again. */
export async function findLostImports(ctx: Ctx): Promise<ImportMessage[]> {
  const [rows] = await system(ctx).batch([
    ctx.db
      .update(imports)
      .set({ queuedAt: ctx.now })
      .where(
        sql`(${imports.companyId}, ${imports.id}) in (${ctx.db
          .select({ companyId: imports.companyId, id: imports.id })
          .from(imports)
          .where(
            and(
              inArray(imports.state, ['waiting', 'running']),
              lt(imports.queuedAt, new Date(ctx.now.getTime() - LOST_AFTER_MS)),
            ),
          )
          .orderBy(imports.queuedAt)
          .limit(SWEPT_AT_ONCE)})`,
      )
      .returning({ kind: imports.kind, importId: imports.id, companyId: imports.companyId }),
  ]);
  return rows;
}

/**
 * Deletes what is no longer kept: the files, what undoing needed, and imports that were never started. The rest of an
 * import stays as history. Broken off, it goes on where it was at the next call.
 */
export async function deleteExpiredImports(ctx: Ctx, store: UploadStore): Promise<void> {
  const expired = and(isNotNull(imports.keptUntil), lt(imports.keptUntil, ctx.now));
  const [rows] = await system(ctx).batch([
    ctx.db
      .select({ id: imports.id, companyId: imports.companyId })
      .from(imports)
      .where(expired)
      .limit(SWEPT_AT_ONCE),
  ]);
  if (rows.length === 0) return;
  // The files first: afterwards nobody would know that they are there.
  await store.delete(rows.map(({ id, companyId }) => uploadKey(companyId, id)));
  const companies = sql.param(rows.map(({ companyId }) => companyId));
  const ids = sql.param(rows.map(({ id }) => id));
  const swept = (company: AnyPgColumn, id: AnyPgColumn) =>
    sql`(${company}, ${id}) in (select * from unnest(${companies}::text[], ${ids}::text[]))`;
  const sweptImports = and(swept(imports.companyId, imports.id), expired);
  await system(ctx).batch([
    ctx.db.delete(importChanges).where(swept(importChanges.companyId, importChanges.importId)),
    ctx.db.delete(imports).where(and(sweptImports, eq(imports.state, 'staged'))),
    ctx.db.update(imports).set({ keptUntil: null }).where(sweptImports),
  ]);
}
