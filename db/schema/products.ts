import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import type { Id } from '../ids.ts';
import { key, tracked } from './columns.ts';
import { companies } from './companies.ts';

/** What a company sells, as its staff edit it; how much of it there is stands in `stockLevels`. */
export const products = pgTable(
  'products',
  {
    id: key().$type<Id<'product'>>().notNull(),
    companyId: key()
      .$type<Id<'company'>>()
      .notNull()
      .references(() => companies.id),
    name: text().notNull(),
    /** Case-sensitive, unique where set. */
    sku: key(),
    description: text(),
    category: key(),
    unit: text().notNull().default('each'),
    priceCents: bigint({ mode: 'number' }).notNull(),
    imageId: key().$type<Id<'image'>>(),
    /** Whether the storefront shows it; staff may order it either way (decision 6). */
    active: boolean().notNull().default(true),
    /** null = the company's. */
    lowStockThreshold: bigint({ mode: 'number' }),
    /** Lower-case name, for sorting. */
    nameKey: key().notNull(),
    /** Lower-case name, SKU, category and description, for substring search. */
    searchKey: key().notNull(),
    ...tracked,
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique('products_sku_unique').on(t.companyId, t.sku),
    index('products_by_created').on(t.companyId, t.createdAt, t.id),
    index('products_by_name').on(t.companyId, t.nameKey, t.id),
    index('products_by_price').on(t.companyId, t.priceCents, t.id),
    index('products_by_active_name').on(t.companyId, t.active, t.nameKey, t.id),
    index('products_by_category_name').on(t.companyId, t.category, t.nameKey, t.id),
    index('products_by_threshold').on(t.companyId, t.lowStockThreshold),
    index('products_by_search').using('gin', t.companyId, sql`${t.searchKey} gin_trgm_ops`),
    // Found by folded words (db/sql/find-products.sql); the functions are of the migration before.
    index('products_by_words')
      .using('gin', t.companyId, sql`product_words(${t.searchKey}) gin_trgm_ops`)
      .concurrently(),
    check('products_name_length', sql`length(${t.name}) between 1 and 200`),
    check('products_sku_length', sql`length(${t.sku}) between 1 and 100`),
    check('products_description_length', sql`length(${t.description}) <= 2000`),
    check('products_category_length', sql`length(${t.category}) between 1 and 100`),
    check('products_unit_length', sql`length(${t.unit}) between 1 and 30`),
    check('products_price_range', sql`${t.priceCents} between 0 and 100000000`),
    check('products_threshold_range', sql`${t.lowStockThreshold} between 0 and 1000000000`),
  ],
);

/**
 * What moves with every order, apart from what people edit: an order neither raises a product's version nor touches its
 * search index. Each change writes a movement (db/sql/stock.sql).
 */
export const stockLevels = pgTable(
  'stock_levels',
  {
    companyId: key().$type<Id<'company'>>().notNull(),
    productId: key().$type<Id<'product'>>().notNull(),
    onHand: bigint({ mode: 'number' }).notNull().default(0),
    /** In how many orders it has been, for sorting by what is often bought. */
    timesOrdered: bigint({ mode: 'number' }).notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.productId] }),
    foreignKey({
      columns: [t.companyId, t.productId],
      foreignColumns: [products.companyId, products.id],
    }).onDelete('cascade'),
    index('stock_levels_by_on_hand').on(t.companyId, t.onHand, t.productId),
    index('stock_levels_by_times_ordered').on(t.companyId, t.timesOrdered, t.productId),
    check('stock_levels_not_negative', sql`${t.onHand} >= 0`),
  ],
);
