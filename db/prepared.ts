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
 * @param write the query, with `sql.placeholder(name)` where values go; once for each `shape`, if it has more than one
 */
export function prepared<Q extends BatchItem<'pg'>, Part extends { shape: string } | void = void>(
  write: (db: Database, part: Part) => Q,
) {
  const written = new Map<string, Written>();
  return (db: Database, values: Record<string, unknown>, part: Part): Q => {
    const shape = part?.shape ?? '';
    const known = written.get(shape) ?? prepare(write(db, part));
    written.set(shape, known);
    const { sql, params } = known.getQuery();
    const query = { sql, params: fillPlaceholders(params, values) };
    const filled: Written = Object.create(known, { getQuery: { value: () => query } });
    return { _prepare: () => filled } as unknown as Q;
  };
}

function prepare(query: BatchItem<'pg'>): Written {
  return (query as unknown as { _prepare(): Written })._prepare();
}
