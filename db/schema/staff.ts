import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment, tracked } from './columns.ts';
import { companies } from './companies.ts';

/** A person on some company's staff. Global: one person may work for several companies. */
export const users = pgTable('users', {
  id: key().$type<Id<'user'>>().primaryKey(),
  email: key().notNull().unique('users_email_unique'),
  name: text().notNull(),
  passwordHash: text().notNull(),
  emailVerified: boolean().notNull().default(false),
  /** Part of every link mailed to this person; raised to make the links sent before worthless. */
  linkVersion: integer().notNull().default(1),
  ...tracked,
});

export const memberships = pgTable(
  'memberships',
  {
    companyId: key()
      .$type<Id<'company'>>()
      .notNull()
      .references(() => companies.id),
    userId: key()
      .$type<Id<'user'>>()
      .notNull()
      .references(() => users.id),
    role: key().$type<'OWNER' | 'ADMIN' | 'MEMBER'>().notNull(),
    /** What happened before is not news to this person any more. */
    notificationsSeenAt: moment().notNull().defaultNow(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.userId] }),
    index('memberships_user').on(t.userId),
    check('memberships_role_known', sql`${t.role} in ('OWNER', 'ADMIN', 'MEMBER')`),
  ],
);

/** A signed-in browser of a staff member, and the company it looks at. Signing out deletes the row. */
export const staffSessions = pgTable(
  'staff_sessions',
  {
    id: key().$type<Id<'session'>>().primaryKey(),
    userId: key()
      .$type<Id<'user'>>()
      .notNull()
      .references(() => users.id),
    companyId: key()
      .$type<Id<'company'>>()
      .notNull()
      .references(() => companies.id),
    userAgent: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    lastSeenAt: moment().notNull().defaultNow(),
    /** When this browser was last asked for the password again; null = never (decision 45). */
    confirmedAt: moment(),
    expiresAt: moment().notNull(),
  },
  (t) => [
    index('staff_sessions_user').on(t.userId),
    index('staff_sessions_company').on(t.companyId),
    index('staff_sessions_expiry').on(t.expiresAt),
  ],
);
