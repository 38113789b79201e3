import { customType, integer, timestamp } from 'drizzle-orm/pg-core';

/**
 * Text in byte order. Ids, keys and codes compare the same on every machine, and its operators are leakproof: under
 * row-level security only those reach an index.
 */
export const key = customType<{ data: string }>({ dataType: () => 'text collate "C"' });

/** Milliseconds, so that a page cursor made of a JavaScript date loses nothing. */
export const moment = () => timestamp({ precision: 3, withTimezone: true, mode: 'date' });

/** The spine of a row people edit: `touch_row()` keeps version and updatedAt (db/sql/touch-row.sql). */
export const tracked = {
  version: integer().notNull().default(1),
  createdAt: moment().notNull().defaultNow(),
  updatedAt: moment().notNull().defaultNow(),
};
