import type { auditEntries } from '#db/schema/index.ts';
import { isCalendarDay } from '../lib/calendar-day.ts';
import { isStorable } from '../lib/fields.ts';

export const ACTOR_TYPES = ['USER', 'API_KEY', 'CUSTOMER', 'SYSTEM'] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];

export type AuditEntry = Omit<typeof auditEntries.$inferSelect, 'companyId'>;

/** Which entries are asked for; what is not set does not filter. */
export interface AuditFilter {
  actorType?: ActorType | undefined;
  action?: string | undefined;
  entityType?: string | undefined;
  /** Id of the one thing whose history is asked for. */
  entity?: string | undefined;
  /** First and last day, `YYYY-MM-DD` in the company's time zone. */
  from?: string | undefined;
  to?: string | undefined;
}

const PASCAL_CASE = /^[A-Z][A-Za-z]{1,59}$/;

/** The filter an address names. What makes no sense is left out, so an old bookmark still shows the log. */
export function auditFilter(query: Readonly<Record<string, string | undefined>>): AuditFilter {
  const kept = (name: string, valid: (text: string) => boolean) => {
    const text = query[name]?.trim();
    return text && valid(text) ? text : undefined;
  };
  return {
    actorType: ACTOR_TYPES.find((type) => type === query['actor']),
    action: kept('action', (text) => PASCAL_CASE.test(text)),
    entityType: kept('type', (text) => PASCAL_CASE.test(text)),
    entity: kept('entity', (text) => text.length <= 200 && isStorable(text)),
    from: kept('from', isCalendarDay),
    to: kept('to', isCalendarDay),
  };
}
