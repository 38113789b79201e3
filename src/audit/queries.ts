import { type SQL, and, eq, gte, lt } from 'drizzle-orm';
import { auditEntries } from '#db/schema/index.ts';
import { startOfDay } from '../companies/company-time.ts';
import { type Ctx, companyId } from '../context.ts';
import { newestFirst } from '../lib/newest-first.ts';
import { type Page, pageFrom } from '../lib/page.ts';
import { tenant } from '../tenant.ts';
import type { AuditEntry, AuditFilter } from './schema.ts';

const entryColumns = {
  id: auditEntries.id,
  createdAt: auditEntries.createdAt,
  actorType: auditEntries.actorType,
  actorId: auditEntries.actorId,
  actorName: auditEntries.actorName,
  action: auditEntries.action,
  entityType: auditEntries.entityType,
  entityId: auditEntries.entityId,
  entityName: auditEntries.entityName,
  details: auditEntries.details,
};

const newest = newestFirst({
  sort: 'audit',
  createdAt: auditEntries.createdAt,
  id: auditEntries.id,
  isId: (id) => /^\d{1,15}$/.test(id),
});

interface AuditPageInput {
  limit: number;
  /** Where the page starts, from an earlier page; one that is none of ours starts at the newest entry. */
  cursor?: string | undefined;
  /** The page that ends before `cursor` instead of the one after it. */
  backwards?: boolean | undefined;
}

/** One page of the company's history, newest first. */
export async function listAuditEntries(
  ctx: Ctx,
  filter: AuditFilter,
  input: AuditPageInput,
): Promise<Page<AuditEntry>> {
  const { where, orderBy, backwards } = newest.page(
    newest.positionOf(input.cursor),
    input.backwards,
  );
  const [found] = await tenant(ctx, 'audit:read').inOrder([
    ctx.db
      .select(entryColumns)
      .from(auditEntries)
      .where(and(matches(ctx, filter), where))
      .orderBy(...orderBy)
      .limit(input.limit + 1),
  ]);
  return pageFrom(found, { limit: input.limit, backwards }, newest.cursorOf);
}

/** The newest entries, of one thing for the page that shows it, or of all; to be asked in that page's own batch. */
export function recentChanges(ctx: Ctx, filter: AuditFilter, limit: number) {
  return ctx.db
    .select(entryColumns)
    .from(auditEntries)
    .where(matches(ctx, filter))
    .orderBy(...newest.page(null).orderBy)
    .limit(limit);
}

function matches(ctx: Ctx, filter: AuditFilter): SQL | undefined {
  const { actorType, action, entityType, entity, from, to } = filter;
  return and(
    eq(auditEntries.companyId, companyId(ctx)),
    actorType && eq(auditEntries.actorType, actorType),
    action === undefined ? undefined : eq(auditEntries.action, action),
    entityType === undefined ? undefined : eq(auditEntries.entityType, entityType),
    entity === undefined ? undefined : eq(auditEntries.entityId, entity),
    from === undefined ? undefined : gte(auditEntries.createdAt, startOfDay(ctx, from)),
    to === undefined ? undefined : lt(auditEntries.createdAt, startOfDay(ctx, to, 1)),
  );
}
