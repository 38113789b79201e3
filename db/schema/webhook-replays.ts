import { bigint, foreignKey, index, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment } from './columns.ts';
import { webhooks } from './webhooks.ts';

/**
 * A replay of more events than go at once, until it has come to its end: the sweep carries on after the last event that
 * was put on its way (db/sql/webhook-replay.sql).
 */
export const webhookReplays = pgTable(
  'webhook_replays',
  {
    companyId: key().$type<Id<'company'>>().notNull(),
    webhookId: key().$type<Id<'webhook'>>().notNull(),
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    lastAt: moment().notNull(),
    lastEvent: key().$type<Id<'event'>>().notNull(),
    /** What happened from then on is not asked for. */
    rangeEnd: moment().notNull(),
    continuedAt: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.webhookId, t.id] }),
    foreignKey({
      columns: [t.companyId, t.webhookId],
      foreignColumns: [webhooks.companyId, webhooks.id],
    }).onDelete('cascade'),
    index('webhook_replays_by_continued').on(t.continuedAt),
  ],
);
