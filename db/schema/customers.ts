import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, tracked } from './columns.ts';
import { companies } from './companies.ts';

/** A business account of one company; `email` is its identity there. Never deleted, only blocked. */
export const customers = pgTable(
  'customers',
  {
    id: key().$type<Id<'customer'>>().notNull(),
    companyId: key()
      .$type<Id<'company'>>()
      .notNull()
      .references(() => companies.id),
    email: key().notNull(),
    name: text(),
    status: key().$type<'ACTIVE' | 'BLOCKED'>().notNull().default('ACTIVE'),
    notes: text(),
    /** Reference only: never blocks an order. */
    creditLimitCents: bigint({ mode: 'number' }),
    /** Parts per million; null = the company's rate. */
    taxRateOverridePpm: bigint({ mode: 'number' }),
    passwordHash: text(),
    emailVerified: boolean().notNull().default(false),
    /** Staff vouch for this customer: orders are not limited although the email is not confirmed (decision 41). */
    trusted: boolean().notNull().default(false),
    /** Part of every link mailed to this account; raised to make the links sent before worthless. */
    linkVersion: integer().notNull().default(1),
    /** Lower-case name (or email), for sorting: src/customers/keys.ts. */
    nameKey: key().notNull(),
    /** Lower-case email and name, for substring search: db/sql/search-customers.sql. */
    searchKey: key().notNull(),
    ...tracked,
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique('customers_email_unique').on(t.companyId, t.email),
    index('customers_by_created').on(t.companyId, t.createdAt, t.id),
    index('customers_by_status_created').on(t.companyId, t.status, t.createdAt, t.id),
    index('customers_by_name').on(t.companyId, t.nameKey, t.id),
    index('customers_by_status_name').on(t.companyId, t.status, t.nameKey, t.id),
    index('customers_by_status_email').on(t.companyId, t.status, t.email, t.id),
    index('customers_by_search').using('gin', t.companyId, sql`${t.searchKey} gin_trgm_ops`),
    check('customers_status_known', sql`${t.status} in ('ACTIVE', 'BLOCKED')`),
    check(
      'customers_email_lower',
      sql`${t.email} = lower(${t.email}) and length(${t.email}) <= 254`,
    ),
    check('customers_name_length', sql`length(${t.name}) <= 200`),
    check('customers_notes_length', sql`length(${t.notes}) <= 2000`),
    check('customers_credit_limit_range', sql`${t.creditLimitCents} between 0 and 10000000000`),
    check('customers_tax_rate_range', sql`${t.taxRateOverridePpm} between 0 and 300000`),
  ],
);
