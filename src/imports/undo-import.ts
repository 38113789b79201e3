import { sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { tenant } from '../tenant.ts';
import type { ImportKind } from './import-description.ts';

/**
 * Takes an import back, for 30 days: records it created are removed, fields it updated are as before; records changed
 * or used since are kept. One transaction (db/sql/import-customers.sql, undo-product-import.sql); pressed twice it
 * happens once.
 * @throws AppError not_found, conflict (not done, or too late)
 */
export async function undoImport(
  ctx: Ctx,
  { noun, permission }: ImportKind,
  id: Id<'import'>,
): Promise<void> {
  const undo = sql.raw(`undo_${noun}_import`);
  await tenant(ctx, permission, 'bulk').batch([
    ctx.db
      .select({ undone: sql`${undo}(${id}, ${ctx.now.toISOString()})`.as('undone') })
      .from(sql`(values (1)) as once`),
  ]);
}
