import { sql } from 'drizzle-orm';
import { bigint, check, foreignKey, index, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, tracked } from './columns.ts';
import { customers } from './customers.ts';
import { products } from './products.ts';

/** What one customer pays for one product instead of the catalogue's price. */
export const priceOverrides = pgTable(
  'price_overrides',
  {
    companyId: key().$type<Id<'company'>>().notNull(),
    customerId: key().$type<Id<'customer'>>().notNull(),
    productId: key().$type<Id<'product'>>().notNull(),
    priceCents: bigint({ mode: 'number' }).notNull(),
    ...tracked,
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.customerId, t.productId] }),
    foreignKey({
      columns: [t.companyId, t.customerId],
      foreignColumns: [customers.companyId, customers.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.companyId, t.productId],
      foreignColumns: [products.companyId, products.id],
    }).onDelete('cascade'),
    index('price_overrides_of_product').on(t.companyId, t.productId),
    check('price_overrides_price_range', sql`${t.priceCents} between 0 and 100000000`),
  ],
);
