import { and, inArray } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { imports } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { tenant } from '../tenant.ts';
import type { ImportKind } from './import-description.ts';
import { thisImport } from './queries.ts';

/** Ends a job that cannot be done, with the reason in words for whoever started it. A finished one stays finished. */
export async function failImport(
  ctx: Ctx,
  kind: ImportKind,
  id: Id<'import'>,
  failure: string,
): Promise<void> {
  await tenant(ctx, kind.permission).batch([
    ctx.db
      .update(imports)
      .set({ state: 'failed', failure, finishedAt: ctx.now })
      .where(and(thisImport(ctx, kind, id), inArray(imports.state, ['waiting', 'running']))),
  ]);
}
