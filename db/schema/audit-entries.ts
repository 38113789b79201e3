import { sql } from 'drizzle-orm';
import { bigint, check, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment } from './columns.ts';
import { companies } from './companies.ts';

/**
 * Who changed what, append-only. Rows are written by `audit_row()` in the transaction of the change
 * (db/sql/audit-row.sql), or by a verb that sums up many changes in one entry.
 */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    companyId: key()
      .$type<Id<'company'>>()
      .notNull()
      .references(() => companies.id),
    createdAt: moment().notNull().defaultNow(),
    actorType: key().$type<'USER' | 'API_KEY' | 'CUSTOMER' | 'SYSTEM'>().notNull(),
    actorId: key(),
    actorName: text(),
    /** PascalCase (decision 9). */
    action: key().notNull(),
    entityType: key().notNull(),
    entityId: key(),
    /** What the entity was called then. */
    entityName: text(),
    /** `{ field: { from, to } }` of a change, or a summary's figures. */
    details: jsonb().$type<Record<string, unknown>>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index('audit_by_created').on(t.companyId, t.createdAt, t.id),
    index('audit_by_action').on(t.companyId, t.action, t.createdAt, t.id),
    index('audit_by_actor_type').on(t.companyId, t.actorType, t.createdAt, t.id),
    index('audit_by_entity').on(t.companyId, t.entityType, t.createdAt, t.id),
    index('audit_by_entity_id').on(t.companyId, t.entityId, t.createdAt, t.id),
    check('audit_actor_known', sql`${t.actorType} in ('USER', 'API_KEY', 'CUSTOMER', 'SYSTEM')`),
  ],
);
