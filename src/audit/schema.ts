import type { auditEntries } from '#db/schema/index.ts';
import { type Query, searched } from '../lib/list-view.ts';
import { problemsIn, readDays, type TypedFilters, typedIn } from '../lib/typed-filters.ts';

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

/**
 * The filter an address names. A day that cannot be read is a problem; of an old bookmark, what makes no sense is left out.
 */
export function auditFilter(query: Query): AuditFilter & TypedFilters {
  const { from, to, problems } = readDays(query);
  const kept = (name: string, valid: (text: string) => boolean) => {
    const text = query[name]?.trim();
    return text && valid(text) ? text : undefined;
  };
  return {
    actorType: ACTOR_TYPES.find((type) => type === query['actor']),
    action: kept('action', (text) => PASCAL_CASE.test(text)),
    entityType: kept('type', (text) => PASCAL_CASE.test(text)),
    entity: searched(query['entity']),
    from,
    to,
    typed: typedIn(query, ['from', 'to']),
    problems: problemsIn(problems),
  };
}
