import { and, inArray, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { imports } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { DAY_MS } from '../lib/durations.ts';
import { tenant } from '../tenant.ts';
import type { ImportKind } from './import-description.ts';
import type { ImportMapping } from './import-mapping.ts';
import { foundImport, importById, thisImport } from './queries.ts';

/** How long after it has ended an import can be undone, or a failed one started again. */
export const KEPT_DAYS = 30;

/**
 * Makes a staged or failed import a job with this mapping. Pressed twice it is one job.
 * @returns whether a queue message is due
 * @throws AppError not_found
 */
export async function startImport(
  ctx: Ctx,
  kind: ImportKind,
  id: Id<'import'>,
  mapping: ImportMapping,
): Promise<{ started: boolean }> {
  const [started, [record]] = await tenant(ctx, kind.permission).batch([
    ctx.db
      .update(imports)
      .set({
        state: 'waiting',
        mapping,
        failure: null,
        startedBy: sql`current_setting('app.actor_id')`,
        startedByName: sql`current_setting('app.actor_name')`,
        queuedAt: ctx.now,
        finishedAt: null,
        keptUntil: new Date(ctx.now.getTime() + KEPT_DAYS * DAY_MS),
      })
      .where(and(thisImport(ctx, kind, id), inArray(imports.state, ['staged', 'failed'])))
      .returning({ id: imports.id }),
    importById(ctx, kind, id),
  ]);
  foundImport(record);
  return { started: started.length > 0 };
}
