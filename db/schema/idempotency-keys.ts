import { index, jsonb, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment } from './columns.ts';
import { companies } from './companies.ts';

/** What a write of the API was answered with, for 24 hours: db/sql/idempotency.sql. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    companyId: key()
      .$type<Id<'company'>>()
      .notNull()
      .references(() => companies.id),
    /** Method and path: a key means one thing a route. */
    route: key().notNull(),
    key: key().notNull(),
    /** SHA-256 of the body, lower-case hex. */
    fingerprint: key().notNull(),
    answer: jsonb().notNull(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.route, t.key] }),
    index('idempotency_keys_expiry').on(t.createdAt),
  ],
);
