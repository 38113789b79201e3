import { lt } from 'drizzle-orm';
import { dailyUses } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { DAY_MS } from '../lib/durations.ts';
import { calendarDay } from '../lib/calendar-day.ts';
import { system } from '../tenant.ts';

/** Deletes the counters of days (UTC) before yesterday: what began before midnight may still count on its day. */
export async function deletePastUses(ctx: Ctx): Promise<void> {
  const yesterday = calendarDay(new Date(ctx.now.getTime() - DAY_MS), 'UTC');
  await system(ctx).batch([ctx.db.delete(dailyUses).where(lt(dailyUses.day, yesterday))]);
}
