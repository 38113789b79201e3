import { sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import type { Ctx } from '../context.ts';
import { tenant } from '../tenant.ts';

/**
 * Takes an import back, for 30 days: customers it created are removed, fields it updated are as before; customers
 * changed since are kept. One transaction (db/sql/import-customers.sql); pressed twice it happens once.
 * @throws AppError not_found, conflict (not done, or too late)
 */
export async function undoImport(ctx: Ctx, id: Id<'import'>): Promise<void> {
  await tenant(ctx, 'customers:write', 'bulk').batch([
    ctx.db
      .select({ undone: sql`undo_customer_import(${id}, ${ctx.now.toISOString()})`.as('undone') })
      .from(sql`(values (1)) as once`),
  ]);
}
