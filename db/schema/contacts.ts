import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment, tracked } from './columns.ts';
import { customers } from './customers.ts';

/** A further person who logs in under a customer; they share its addresses, prices and orders. */
export const contacts = pgTable(
  'contacts',
  {
    id: key().$type<Id<'contact'>>().notNull(),
    companyId: key().$type<Id<'company'>>().notNull(),
    customerId: key().$type<Id<'customer'>>().notNull(),
    email: key().notNull(),
    name: text(),
    role: key().$type<'ADMIN' | 'BUYER' | 'VIEWER'>().notNull(),
    active: boolean().notNull().default(true),
    /** null = the invitation is still open. */
    passwordHash: text(),
    emailVerified: boolean().notNull().default(false),
    /** When the only invitation that works was made; it is valid 7 days. */
    invitedAt: moment().notNull().defaultNow(),
    /** Part of every other link mailed to this person; raised to make the links sent before worthless. */
    linkVersion: integer().notNull().default(1),
    ...tracked,
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    foreignKey({
      columns: [t.companyId, t.customerId],
      foreignColumns: [customers.companyId, customers.id],
    }).onDelete('cascade'),
    index('contacts_of_customer').on(t.companyId, t.customerId, t.email),
    check('contacts_role_known', sql`${t.role} in ('ADMIN', 'BUYER', 'VIEWER')`),
    check(
      'contacts_email_lower',
      sql`${t.email} = lower(${t.email}) and length(${t.email}) <= 254`,
    ),
    check('contacts_name_length', sql`length(${t.name}) <= 100`),
  ],
);
