import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, tracked } from './columns.ts';
import { companies } from './companies.ts';
import { customers } from './customers.ts';
import { products } from './products.ts';

/** Where an order is sent, as the address was then. */
export type OrderAddress = {
  label: string;
  line1: string;
  line2: string | null;
  city: string;
  region: string | null;
  postalCode: string | null;
  country: string | null;
};

/** Placed by `place_order()`, moved on by `change_order_status()` (db/sql); names are frozen (decision 8). */
export const orders = pgTable(
  'orders',
  {
    id: key().$type<Id<'order'>>().notNull(),
    companyId: key()
      .$type<Id<'company'>>()
      .notNull()
      .references(() => companies.id),
    /** What people call it: #1042. */
    number: bigint({ mode: 'number' }).notNull(),
    status: key()
      .$type<'SUBMITTED' | 'CONFIRMED' | 'SHIPPED' | 'DELIVERED' | 'CANCELLED'>()
      .notNull()
      .default('SUBMITTED'),
    source: key().$type<'STOREFRONT' | 'DASHBOARD' | 'API'>().notNull(),
    /** null = a dashboard order for nobody in particular. */
    customerId: key().$type<Id<'customer'>>(),
    customerName: text(),
    customerEmail: text(),
    /** The person or key that placed it: cus_, con_, usr_ or key_. */
    placedById: key(),
    placedByName: text(),
    shippingAddress: jsonb().$type<OrderAddress>(),
    poNumber: text(),
    notes: text(),
    /** ISO 4217, as the company had it then (decision 19). */
    currency: key().notNull(),
    subtotalCents: bigint({ mode: 'number' }).notNull(),
    taxRatePpm: bigint({ mode: 'number' }).notNull(),
    taxCents: bigint({ mode: 'number' }).notNull(),
    shippingCents: bigint({ mode: 'number' }).notNull(),
    totalCents: bigint({ mode: 'number' }).notNull(),
    lineCount: integer().notNull(),
    /** Lower-case number, PO number, customer's name and email, for substring search. */
    searchKey: key().notNull(),
    ...tracked,
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique('orders_number_unique').on(t.companyId, t.number),
    foreignKey({
      columns: [t.companyId, t.customerId],
      foreignColumns: [customers.companyId, customers.id],
    }),
    index('orders_by_created').on(t.companyId, t.createdAt, t.id),
    index('orders_by_status_created').on(t.companyId, t.status, t.createdAt, t.id),
    index('orders_by_total').on(t.companyId, t.totalCents, t.id),
    index('orders_by_status_total').on(t.companyId, t.status, t.totalCents, t.id),
    index('orders_of_customer').on(t.companyId, t.customerId, t.createdAt, t.id),
    index('orders_by_search').using('gin', t.companyId, sql`${t.searchKey} gin_trgm_ops`),
    check(
      'orders_status_known',
      sql`${t.status} in ('SUBMITTED', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'CANCELLED')`,
    ),
    check('orders_source_known', sql`${t.source} in ('STOREFRONT', 'DASHBOARD', 'API')`),
    check('orders_po_number_length', sql`length(${t.poNumber}) <= 50`),
    check('orders_notes_length', sql`length(${t.notes}) <= 2000`),
    check(
      'orders_total_adds_up',
      sql`${t.totalCents} = ${t.subtotalCents} + ${t.taxCents} + ${t.shippingCents}`,
    ),
  ],
);

export const orderLines = pgTable(
  'order_lines',
  {
    companyId: key().$type<Id<'company'>>().notNull(),
    orderId: key().$type<Id<'order'>>().notNull(),
    /** From 1, in the order they were put in. */
    line: integer().notNull(),
    productId: key().$type<Id<'product'>>().notNull(),
    name: text().notNull(),
    sku: text(),
    unit: text().notNull(),
    quantity: bigint({ mode: 'number' }).notNull(),
    unitPriceCents: bigint({ mode: 'number' }).notNull(),
    totalCents: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.orderId, t.line] }),
    foreignKey({
      columns: [t.companyId, t.orderId],
      foreignColumns: [orders.companyId, orders.id],
    }),
    // Whatever was ever ordered can be deactivated, never deleted.
    foreignKey({
      name: 'order_lines_product',
      columns: [t.companyId, t.productId],
      foreignColumns: [products.companyId, products.id],
    }),
    index('order_lines_of_product').on(t.companyId, t.productId, t.orderId),
    check('order_lines_quantity_range', sql`${t.quantity} between 1 and 99999`),
    check('order_lines_add_up', sql`${t.totalCents} = ${t.quantity} * ${t.unitPriceCents}`),
  ],
);

/** The last number each company gave an order. */
export const orderNumbers = pgTable('order_numbers', {
  companyId: key()
    .$type<Id<'company'>>()
    .primaryKey()
    .references(() => companies.id),
  last: bigint({ mode: 'number' }).notNull(),
});
