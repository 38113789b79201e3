import { and, desc, eq, gt, lt, ne, sql } from 'drizzle-orm';
import type { Id } from '#db/ids.ts';
import { companies, staffSessions } from '#db/schema/index.ts';
import type { Ctx } from '../context.ts';
import { DAY_MS } from '../lib/durations.ts';
import { STAFF_SESSION_MAX_DAYS, beginSession } from '../session.ts';
import { system, tenant } from '../tenant.ts';
import { me } from './me.ts';

/** The row of a session that begins now. */
export function newSession(
  ctx: Ctx,
  { userAgent, ...of }: { userId: Id<'user'>; companyId: Id<'company'>; userAgent: string },
) {
  return { ...beginSession(ctx, 'staff', userAgent), ...of, lastSeenAt: ctx.now };
}

export interface SessionInfo {
  id: Id<'session'>;
  companyName: string;
  userAgent: string;
  createdAt: Date;
  lastSeenAt: Date;
  isCurrent: boolean;
}

/** The browsers this person is signed in with, the latest used first. */
export async function listMySessions(ctx: Ctx): Promise<SessionInfo[]> {
  const current = currentSession(ctx);
  const [rows] = await tenant(ctx, 'own_account:write').batch([
    ctx.db
      .select({
        id: staffSessions.id,
        companyName: sql<string>`coalesce(${companies.name}, 'Another company')`,
        userAgent: staffSessions.userAgent,
        createdAt: staffSessions.createdAt,
        lastSeenAt: staffSessions.lastSeenAt,
      })
      .from(staffSessions)
      .leftJoin(companies, eq(companies.id, staffSessions.companyId))
      .where(
        and(
          eq(staffSessions.userId, me),
          gt(staffSessions.expiresAt, ctx.now),
          gt(
            staffSessions.createdAt,
            new Date(ctx.now.getTime() - STAFF_SESSION_MAX_DAYS * DAY_MS),
          ),
        ),
      )
      .orderBy(desc(staffSessions.lastSeenAt))
      .limit(100),
  ]);
  return rows.map((row) => ({ ...row, isCurrent: row.id === current }));
}

/** Signs one browser out; one that is not this person's stays as it is. */
export async function endMySession(ctx: Ctx, id: Id<'session'>): Promise<void> {
  await tenant(ctx, 'own_account:write').batch([
    ctx.db.delete(staffSessions).where(and(eq(staffSessions.userId, me), eq(staffSessions.id, id))),
  ]);
}

/** Signs all other browsers out, at their next request. */
export async function endMyOtherSessions(ctx: Ctx): Promise<void> {
  await tenant(ctx, 'own_account:write').batch([otherSessions(ctx)]);
}

/** The statement that ends them, for a batch that changes more. */
export function otherSessions(ctx: Ctx) {
  return ctx.db
    .delete(staffSessions)
    .where(and(eq(staffSessions.userId, me), ne(staffSessions.id, currentSession(ctx))));
}

/** Ends the session of a browser that signs out, whether or not it still lives. */
export async function logOut(ctx: Ctx, id: Id<'session'>): Promise<void> {
  await system(ctx).batch([ctx.db.delete(staffSessions).where(eq(staffSessions.id, id))]);
}

export async function deleteExpiredSessions(ctx: Ctx): Promise<void> {
  await system(ctx).batch([
    ctx.db.delete(staffSessions).where(lt(staffSessions.expiresAt, ctx.now)),
  ]);
}

/** The session of this request. */
export function currentSession(ctx: Ctx): Id<'session'> {
  if (ctx.entry.kind !== 'staff') throw new Error('Not a staff request.');
  return ctx.entry.sessionId;
}
