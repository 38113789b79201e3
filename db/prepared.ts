import { fillPlaceholders, type Query } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { Database } from './client.ts';

/** What a batch wants of a query (Drizzle). */
interface Written {
  getQuery(): Query;
}

/**
 * A query whose SQL is written once an isolate and not in every request: for a plain select, that is most of what asking
 * costs us. These are Drizzle's prepared statements, whose placeholders a batch would leave unfilled.
 * @param write the query, with `sql.placeholder(name)` where values go
 */
export function prepared<Q extends BatchItem<'pg'>>(write: (db: Database) => Q) {
  let written: Written | undefined;
  return (db: Database, values: Record<string, unknown>): Q => {
    written ??= (write(db) as unknown as { _prepare(): Written })._prepare();
    const { sql, params } = written.getQuery();
    const query = { sql, params: fillPlaceholders(params, values) };
    const filled: Written = Object.create(written, { getQuery: { value: () => query } });
    return { _prepare: () => filled } as unknown as Q;
  };
}
