import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment } from './columns.ts';
import { companies } from './companies.ts';
import { users } from './staff.ts';

/** The key itself is shown once and never stored: only its SHA-256 and its first characters. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: key().$type<Id<'apiKey'>>().notNull(),
    companyId: key()
      .$type<Id<'company'>>()
      .notNull()
      .references(() => companies.id),
    name: text().notNull(),
    prefix: key().notNull(),
    /** SHA-256 of the whole key, lower-case hex. */
    hash: key().notNull().unique('api_keys_hash_unique'),
    scopes: text().array().notNull(),
    createdBy: key()
      .$type<Id<'user'>>()
      .notNull()
      .references(() => users.id),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment(),
    revokedAt: moment(),
    lastUsedAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index('api_keys_by_created').on(t.companyId, t.createdAt, t.id),
    index('api_keys_creator').on(t.createdBy),
  ],
);
