import { foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment } from './columns.ts';
import { contacts } from './contacts.ts';
import { customers } from './customers.ts';

/**
 * Who an email is at a company's storefront, over customers and contacts together, so that a log-in is never ambiguous
 * (decision 17). Triggers write it with the customer or the contact: db/sql/storefront-accounts.sql.
 */
export const storefrontAccounts = pgTable(
  'storefront_accounts',
  {
    companyId: key().$type<Id<'company'>>().notNull(),
    email: key().notNull(),
    customerId: key().$type<Id<'customer'>>().notNull(),
    /** null = the customer's primary account. */
    contactId: key().$type<Id<'contact'>>(),
  },
  (t) => [
    primaryKey({ name: 'storefront_accounts_email_unique', columns: [t.companyId, t.email] }),
    foreignKey({
      columns: [t.companyId, t.customerId],
      foreignColumns: [customers.companyId, customers.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.companyId, t.contactId],
      foreignColumns: [contacts.companyId, contacts.id],
    }).onDelete('cascade'),
    index('storefront_accounts_customer').on(t.companyId, t.customerId),
    index('storefront_accounts_contact').on(t.companyId, t.contactId),
  ],
);

/** A browser signed in at a storefront, until 7 days after its last request. Signing out deletes the row. */
export const customerSessions = pgTable(
  'customer_sessions',
  {
    id: key().$type<Id<'session'>>().primaryKey(),
    companyId: key().$type<Id<'company'>>().notNull(),
    customerId: key().$type<Id<'customer'>>().notNull(),
    /** null = the customer's primary account. */
    contactId: key().$type<Id<'contact'>>(),
    userAgent: text().notNull(),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
  },
  (t) => [
    foreignKey({
      columns: [t.companyId, t.customerId],
      foreignColumns: [customers.companyId, customers.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.companyId, t.contactId],
      foreignColumns: [contacts.companyId, contacts.id],
    }).onDelete('cascade'),
    index('customer_sessions_customer').on(t.companyId, t.customerId),
    index('customer_sessions_contact').on(t.companyId, t.contactId),
    index('customer_sessions_expiry').on(t.expiresAt),
  ],
);
