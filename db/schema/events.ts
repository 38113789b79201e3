import { sql } from 'drizzle-orm';
import { bigint, boolean, index, jsonb, pgTable, primaryKey, unique } from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment } from './columns.ts';
import { companies } from './companies.ts';

/**
 * What has happened, written in the transaction of the change by `record_event()` (db/sql/events.sql). Webhooks send it,
 * the bell shows it. Kept for 30 days.
 */
export const events = pgTable(
  'events',
  {
    id: key().$type<Id<'event'>>().notNull(),
    companyId: key()
      .$type<Id<'company'>>()
      .notNull()
      .references(() => companies.id),
    /** A name of src/events/event-types.ts. */
    type: key().notNull(),
    /** The resource it is about. */
    entityId: key().notNull(),
    /** Grows with every event of a resource, so that whoever receives them in disorder can tell which is the newest. */
    version: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    /** The resource as it was then: db/sql/snapshots.sql. */
    snapshot: jsonb().$type<Record<string, unknown>>().notNull(),
    actorType: key().$type<'USER' | 'API_KEY' | 'CUSTOMER' | 'SYSTEM'>().notNull(),
    /** The person or key that caused it. */
    actorId: key(),
    /** The staff is told of it; set by `mark_news()` (db/sql/notifications.sql). */
    news: boolean().notNull().default(false),
    /** One save is one event, however many of its statements touch the resource. */
    transaction: bigint({ mode: 'number' }).notNull(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique('events_once').on(t.companyId, t.entityId, t.type, t.transaction, t.createdAt),
    index('events_by_created').on(t.companyId, t.createdAt, t.id),
    index('events_by_type_created').on(t.companyId, t.type, t.createdAt, t.id),
    // With the actor, so that counting the news of others reads the index alone.
    index('events_news')
      .on(t.companyId, t.createdAt, t.id, t.actorId)
      .where(sql`${t.news}`),
    index('events_expiry').on(t.createdAt),
  ],
);
