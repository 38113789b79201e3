import { sql } from 'drizzle-orm';
import { memberships } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { tenant } from '../tenant.ts';
import { isMine, seenUntil } from './queries.ts';

/**
 * This person has seen what happened until then, by the database's clock; never less than they had seen before.
 * @param until null = everything there is
 * @returns until when they had seen before
 */
export async function markSeen(ctx: Ctx, until: Date | null): Promise<Date> {
  const moment =
    until === null ? sql`now()` : sql`least(${until.toISOString()}::timestamptz, now())`;
  const [[before]] = await tenant(ctx, 'own_account:write').batch([
    seenUntil(ctx),
    ctx.db
      .update(memberships)
      .set({
        notificationsSeenAt: sql`greatest(${memberships.notificationsSeenAt}, ${moment})`,
      })
      .where(isMine(ctx)),
  ]);
  if (!before) throw new Error('The viewer is no member of the company.');
  return before.seenAt;
}
