import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment, tracked } from './columns.ts';

export const companies = pgTable(
  'companies',
  {
    id: key().$type<Id<'company'>>().primaryKey(),
    name: text().notNull(),
    slug: key().notNull().unique('companies_slug_unique'),
    plan: key().$type<'STARTER' | 'GROWTH' | 'ENTERPRISE'>().notNull().default('STARTER'),
    trialEndsAt: moment(),
    currency: key().notNull().default('USD'),
    timeZone: key().notNull().default('UTC'),
    /** Requests a minute for each API key; null = the default. Set by the operator. */
    apiRateLimit: integer(),
    /** Whether strangers may make themselves customers at the storefront. */
    registrationOpen: boolean().notNull().default(true),
    ...tracked,
  },
  (t) => [check('companies_plan_known', sql`${t.plan} in ('STARTER', 'GROWTH', 'ENTERPRISE')`)],
);

/** Slugs a company had before; they redirect until somebody else takes them (decision 12). */
export const formerSlugs = pgTable(
  'former_slugs',
  {
    slug: key().primaryKey(),
    companyId: key()
      .$type<Id<'company'>>()
      .notNull()
      .references(() => companies.id),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [index('former_slugs_company').on(t.companyId)],
);

/** How much of its plan a company uses. Triggers count, and refuse what would pass the maximum (decision 13). */
export const planUsage = pgTable('plan_usage', {
  companyId: key()
    .$type<Id<'company'>>()
    .primaryKey()
    .references(() => companies.id),
  customers: bigint({ mode: 'number' }).notNull().default(0),
  /** null = unlimited */
  maxCustomers: bigint({ mode: 'number' }),
});
