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
    /** Active API keys at once; null = the default. Set by the operator. */
    maxApiKeys: integer(),
    /** The owner has confirmed an email address; until then the company's customers get no mails (decision 42). */
    verified: boolean().notNull().default(false),
    /** Whether strangers may make themselves customers at the storefront. */
    registrationOpen: boolean().notNull().default(true),
    /** On the subtotal (decision 19), in parts per million. */
    taxRatePpm: bigint({ mode: 'number' }).notNull().default(0),
    /** What delivering an order costs, whatever is in it. */
    shippingCents: bigint({ mode: 'number' }).notNull().default(0),
    /** From this subtotal on delivering is free; null = never. */
    freeShippingFromCents: bigint({ mode: 'number' }),
    /** What a product's stock has to fall to for a warning, unless it has a threshold of its own. */
    lowStockThreshold: bigint({ mode: 'number' }).notNull().default(5),
    /** What invoices are printed on. */
    paperSize: key().$type<'LETTER' | 'A4'>().notNull().default('LETTER'),
    /** The company's block on invoices: address, tax number, bank; several lines. */
    invoiceDetails: text(),
    /** How the storefront says that customers reach the company; null = not shown. */
    contactEmail: key(),
    contactPhone: text(),
    openingHours: text(),
    ...tracked,
  },
  (t) => [
    check('companies_plan_known', sql`${t.plan} in ('STARTER', 'GROWTH', 'ENTERPRISE')`),
    check('companies_tax_rate_range', sql`${t.taxRatePpm} between 0 and 300000`),
    check('companies_shipping_range', sql`${t.shippingCents} between 0 and 100000000`),
    check(
      'companies_free_shipping_range',
      sql`${t.freeShippingFromCents} between 0 and 10000000000`,
    ),
    check('companies_threshold_range', sql`${t.lowStockThreshold} between 0 and 1000000000`),
    check('companies_paper_known', sql`${t.paperSize} in ('LETTER', 'A4')`),
    check('companies_invoice_details_length', sql`length(${t.invoiceDetails}) <= 500`),
    check('companies_contact_email_length', sql`length(${t.contactEmail}) <= 254`),
    check('companies_contact_phone_length', sql`length(${t.contactPhone}) <= 40`),
    check('companies_opening_hours_length', sql`length(${t.openingHours}) <= 200`),
  ],
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
  products: bigint({ mode: 'number' }).notNull().default(0),
  maxProducts: bigint({ mode: 'number' }),
  /** Orders a month (UTC), which the objects of functions/objects/order-places.ts hand out. */
  maxOrders: bigint({ mode: 'number' }),
});
