import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment } from './columns.ts';
import { companies } from './companies.ts';

/**
 * Mails to send, written in the transaction that causes them. A queue message only says that one is due; the sweep
 * finds what a lost message left behind.
 */
export const outbox = pgTable(
  'outbox',
  {
    id: key().$type<Id<'message'>>().primaryKey(),
    /** null = about a person, not a company (a password reset). */
    companyId: key()
      .$type<Id<'company'>>()
      .references(() => companies.id),
    recipient: text().notNull(),
    template: key().notNull(),
    data: jsonb().$type<Record<string, string>>().notNull(),
    state: key().$type<'pending' | 'sent' | 'failed'>().notNull().default('pending'),
    attempts: integer().notNull().default(0),
    nextAttemptAt: moment().notNull().defaultNow(),
    error: text(),
    createdAt: moment().notNull().defaultNow(),
    sentAt: moment(),
  },
  (t) => [
    index('outbox_pending')
      .on(t.nextAttemptAt)
      .where(sql`${t.state} = 'pending'`),
    index('outbox_by_created').on(t.createdAt, t.id),
    index('outbox_company').on(t.companyId),
    check('outbox_state_known', sql`${t.state} in ('pending', 'sent', 'failed')`),
  ],
);
