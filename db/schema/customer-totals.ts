import { bigint, foreignKey, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment } from './columns.ts';
import { customers } from './customers.ts';

/**
 * What each customer has ordered so far in each currency, so that a list of customers needs none of their orders; kept by
 * triggers (db/sql/order-status.sql). Cancelled orders count as orders, and not towards money. A customer without a row
 * has none.
 */
export const customerTotals = pgTable(
  'customer_totals',
  {
    companyId: key().$type<Id<'company'>>().notNull(),
    customerId: key().$type<Id<'customer'>>().notNull(),
    /** ISO 4217, of the orders: a company may change its own (decision 19). */
    currency: key().notNull(),
    orders: integer().notNull(),
    cancelled: integer().notNull().default(0),
    spentCents: bigint({ mode: 'number' }).notNull(),
    lastOrderAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.customerId, t.currency] }),
    foreignKey({
      columns: [t.companyId, t.customerId],
      foreignColumns: [customers.companyId, customers.id],
    }).onDelete('cascade'),
  ],
);
