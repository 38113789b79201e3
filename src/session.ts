import { type Id, newId } from '#db/ids.ts';
import type { Ctx } from './context.ts';
import { DAY_MS } from './lib/durations.ts';
import { isStorable } from './lib/fields.ts';

/** A signed-in browser, as its cookie names it. */
export interface Session {
  sessionId: Id<'session'>;
  companyId: Id<'company'>;
}

/**
 * How long a browser stays signed in, and its cookie with it: the staff's counted from the last use (`find_staff_viewer`
 * in db/sql/enter.sql renews it, and says the same number), a customer's from the log-in.
 */
export const SESSION_DAYS = { staff: 30, customer: 7 };

/** What the rows of both kinds have in common when a session begins. */
export function beginSession(ctx: Ctx, kind: keyof typeof SESSION_DAYS, userAgent: string) {
  return {
    id: newId('session'),
    userAgent: isStorable(userAgent) ? userAgent.slice(0, 300) : '',
    createdAt: ctx.now,
    expiresAt: new Date(ctx.now.getTime() + SESSION_DAYS[kind] * DAY_MS),
  };
}
