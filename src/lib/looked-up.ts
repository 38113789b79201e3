import { getTableColumns, getTableName, Subquery, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

/**
 * The one row of a table that a condition on its key names, to join laterally (`on true`) under the table's own name. The
 * limit makes it a look-up for each row, whatever the planner knows: without statistics it would rather join the table.
 */
export function lookedUp<Table extends PgTable>(table: Table, key: SQL | undefined) {
  return asTable(table, sql`select * from ${table} where ${key} limit 1`);
}

/** Rows of a table, under its own name. */
export function asTable<Table extends PgTable>(table: Table, rows: SQL) {
  return new Subquery<Table['_']['name'], Table['_']['columns']>(
    rows,
    getTableColumns(table),
    getTableName(table),
  );
}

/** The ids that a function of db/sql answers with, as the table `page` with the column `id`. */
export function pageOfIds(ids: SQL) {
  const id = sql<string>`id`.as('id');
  return new Subquery<'page', { id: typeof id }>(sql`select ${ids} as id`, { id }, 'page');
}

/** What `lookedUp` compares a table's id with to find the rows of a page. */
export const ID_OF_PAGE = sql`page.id`;
