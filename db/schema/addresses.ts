import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, tracked } from './columns.ts';
import { customers } from './customers.ts';

/** Where a customer has things sent; one of them may be the default. */
export const addresses = pgTable(
  'addresses',
  {
    id: key().$type<Id<'address'>>().notNull(),
    companyId: key().$type<Id<'company'>>().notNull(),
    customerId: key().$type<Id<'customer'>>().notNull(),
    /** What people call it: `Main kitchen`. */
    label: text().notNull(),
    line1: text().notNull(),
    line2: text(),
    city: text().notNull(),
    region: text(),
    postalCode: text(),
    country: text(),
    isDefault: boolean().notNull().default(false),
    ...tracked,
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    foreignKey({
      columns: [t.companyId, t.customerId],
      foreignColumns: [customers.companyId, customers.id],
    }).onDelete('cascade'),
    uniqueIndex('addresses_of_customer').on(t.companyId, t.customerId, t.id),
    uniqueIndex('addresses_one_default')
      .on(t.companyId, t.customerId)
      .where(sql`${t.isDefault}`),
    check('addresses_label_length', sql`length(${t.label}) <= 100`),
  ],
);
