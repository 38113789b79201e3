import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment } from './columns.ts';
import { companies } from './companies.ts';

/** One uploaded file on its way: staged → waiting → running → done | failed, and done → undone. */
export const imports = pgTable(
  'imports',
  {
    id: key().$type<Id<'import'>>().notNull(),
    companyId: key()
      .$type<Id<'company'>>()
      .notNull()
      .references(() => companies.id),
    kind: key().$type<'customers' | 'products'>().notNull(),
    state: key()
      .$type<'staged' | 'waiting' | 'running' | 'done' | 'failed' | 'undone'>()
      .notNull()
      .default('staged'),
    fileName: text().notNull(),
    /** Our header → column of the file, counted from 0, or '' for none; as confirmed in the preview. */
    mapping: jsonb().$type<Record<string, string>>(),
    created: integer(),
    updated: integer(),
    unchanged: integer(),
    /** Why it failed, in words for the person who started it. */
    failure: text(),
    /** What undoing did: how many were removed, restored, and kept because changed since. */
    undo: jsonb().$type<{ removed: number; restored: number; kept: number }>(),
    startedBy: key().$type<Id<'user'>>().notNull(),
    startedByName: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    queuedAt: moment(),
    finishedAt: moment(),
    /** Until when the file and what undoing needs are kept; null = they are gone. */
    keptUntil: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index('imports_by_created').on(t.companyId, t.kind, t.createdAt, t.id),
    index('imports_unfinished')
      .on(t.queuedAt)
      .where(sql`${t.state} in ('waiting', 'running')`),
    index('imports_kept')
      .on(t.keptUntil)
      .where(sql`${t.keptUntil} is not null`),
    check(
      'imports_state_known',
      sql`${t.state} in ('staged', 'waiting', 'running', 'done', 'failed', 'undone')`,
    ),
    check('imports_kind_known', sql`${t.kind} in ('customers', 'products')`),
  ],
);

/** What an import did to each row, kept 30 days so that it can be undone; undoing leaves those it could not undo. */
export const importChanges = pgTable(
  'import_changes',
  {
    companyId: key().$type<Id<'company'>>().notNull(),
    importId: key().$type<Id<'import'>>().notNull(),
    entityId: key().notNull(),
    /** The columns an import may set, as they were; null = the import created the row. */
    before: jsonb().$type<Record<string, unknown>>(),
    /** The row's version right after the import: a higher one means somebody changed it since. */
    version: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.importId, t.entityId] }),
    foreignKey({
      columns: [t.companyId, t.importId],
      foreignColumns: [imports.companyId, imports.id],
    }),
  ],
);
