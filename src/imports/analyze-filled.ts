import { sql } from 'drizzle-orm';
import type { Ctx } from '../context.ts';
import { system } from '../tenant.ts';

/** Tells the planner about the rows an import has written (db/sql/analyze-filled.sql), once they are committed. */
export async function analyzeFilled(ctx: Ctx): Promise<void> {
  await system(ctx).batch([ctx.db.execute(sql`select analyze_filled()`)]);
}
