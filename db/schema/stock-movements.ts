import { sql } from 'drizzle-orm';
import { bigint, check, foreignKey, index, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, moment } from './columns.ts';
import { products } from './products.ts';

/**
 * The ledger behind every stock level: what is on hand is the sum of these, at any moment. Written by triggers of
 * `stock_levels` (db/sql/stock.sql).
 */
export const stockMovements = pgTable(
  'stock_movements',
  {
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    companyId: key().$type<Id<'company'>>().notNull(),
    productId: key().$type<Id<'product'>>().notNull(),
    /** Units that came in, or went out if negative. */
    delta: bigint({ mode: 'number' }).notNull(),
    reason: key().$type<'order' | 'cancel' | 'edit' | 'import' | 'return'>().notNull(),
    /** What it was for, such as an order's id. */
    reference: key(),
    createdAt: moment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    foreignKey({
      columns: [t.companyId, t.productId],
      foreignColumns: [products.companyId, products.id],
    }).onDelete('cascade'),
    index('stock_movements_of_product').on(t.companyId, t.productId, t.id),
    check(
      'stock_movements_reason_known',
      sql`${t.reason} in ('order', 'cancel', 'edit', 'import', 'return')`,
    ),
  ],
);
