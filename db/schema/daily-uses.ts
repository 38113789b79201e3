import { date, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { key } from './columns.ts';

/**
 * Counts what is limited a day (UTC): registrations of a store, mails to an unproven address, orders of an unverified
 * customer; and notes places given back, on the last day of their month. Only `use_today()` (db/sql/use-today.sql) writes it,
 * `orders_of_month()` (db/sql/order-places.sql) reads those places, and the sweep deletes past days.
 */
export const dailyUses = pgTable(
  'daily_uses',
  {
    /** What is counted and whose: `registrations com_…`. */
    subject: key().notNull(),
    day: date().notNull(),
    used: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.subject] })],
);
