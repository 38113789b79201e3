import { type Id, newId } from '#db/ids.ts';
import type { Ctx } from './context.ts';
import { DAY_MS } from './lib/durations.ts';
import { isStorable } from './lib/fields.ts';

/** A signed-in browser, as its cookie names it. */
export interface Session {
  sessionId: Id<'session'>;
  companyId: Id<'company'>;
  /** When it ends, where that is sooner than its cookie would; unset = `SESSION_DAYS` from now. */
  endsAt?: Date;
}

/**
 * How long a browser stays signed in after its last request, and its cookie with it: `find_staff_viewer` and
 * `find_customer_viewer` (db/sql/enter.sql) renew it, and say the same numbers.
 */
export const SESSION_DAYS = { staff: 30, customer: 7 };

/** How long the staff stay signed in at most, from the log-in (decision 45). */
export const STAFF_SESSION_MAX_DAYS = 90;

/** What the rows of both kinds have in common when a session begins. */
export function beginSession(ctx: Ctx, kind: keyof typeof SESSION_DAYS, userAgent: string) {
  return {
    id: newId('session'),
    userAgent: isStorable(userAgent) ? userAgent.slice(0, 300) : '',
    createdAt: ctx.now,
    expiresAt: new Date(ctx.now.getTime() + SESSION_DAYS[kind] * DAY_MS),
  };
}
