import { sql } from 'drizzle-orm';
import { boolean, check, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment, tracked } from './columns.ts';
import { companies } from './companies.ts';

/** Where a company wants to be told of events, and of which. */
export const webhooks = pgTable(
  'webhooks',
  {
    id: key().$type<Id<'webhook'>>().notNull(),
    companyId: key()
      .$type<Id<'company'>>()
      .notNull()
      .references(() => companies.id),
    url: text().notNull(),
    /** Names of src/events/event-types.ts. */
    events: text().array().notNull(),
    active: boolean().notNull().default(true),
    /** Why nothing is sent, where that was not a person's wish: it answered 410, or nothing good for days. */
    disabledReason: key().$type<'gone' | 'failing'>(),
    /** `whsec_` and base64 (decision 15); signs every delivery, so it is kept as it is. */
    secret: text().notNull(),
    /** Signs, too, until then: whoever receives has a day to take the new one. */
    previousSecret: text(),
    previousSecretUntil: moment(),
    /** Former secrets before that one that still sign, newest first; `until` is an ISO 8601 moment (decision 44). */
    earlierSecrets: jsonb().$type<{ secret: string; until: string }[]>().notNull().default([]),
    /** When the first of an unbroken row of failures was; null = the last delivery arrived. */
    failingSince: moment(),
    ...tracked,
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index('webhooks_by_created').on(t.companyId, t.createdAt, t.id),
    check('webhooks_url_length', sql`length(${t.url}) between 1 and 2048`),
    check('webhooks_some_event', sql`cardinality(${t.events}) > 0`),
    check('webhooks_reason_known', sql`${t.disabledReason} in ('gone', 'failing')`),
  ],
);
