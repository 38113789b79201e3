import { sql } from 'drizzle-orm';
import { bigint, check, foreignKey, index, pgTable, unique } from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment } from './columns.ts';
import { contacts } from './contacts.ts';
import { customers } from './customers.ts';
import { products } from './products.ts';

/** What a person is about to order: kept here, so that it survives a reload, a crash and a change of device. */
export const cartLines = pgTable(
  'cart_lines',
  {
    companyId: key().$type<Id<'company'>>().notNull(),
    customerId: key().$type<Id<'customer'>>().notNull(),
    /** null = the primary account's own cart; each contact has another. */
    contactId: key().$type<Id<'contact'>>(),
    productId: key().$type<Id<'product'>>().notNull(),
    quantity: bigint({ mode: 'number' }).notNull(),
    addedAt: moment().notNull().defaultNow(),
  },
  (t) => [
    unique('cart_lines_one_each')
      .on(t.companyId, t.customerId, t.contactId, t.productId)
      .nullsNotDistinct(),
    foreignKey({
      columns: [t.companyId, t.customerId],
      foreignColumns: [customers.companyId, customers.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.companyId, t.contactId],
      foreignColumns: [contacts.companyId, contacts.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.companyId, t.productId],
      foreignColumns: [products.companyId, products.id],
    }).onDelete('cascade'),
    index('cart_lines_of_contact').on(t.companyId, t.contactId),
    index('cart_lines_of_product').on(t.companyId, t.productId),
    check('cart_lines_quantity_range', sql`${t.quantity} between 1 and 99999`),
  ],
);
