import { neon, neonConfig } from '@neondatabase/serverless';
import { NeonHttpDatabase, NeonHttpDriver } from 'drizzle-orm/neon-http';
import { PgDialect } from 'drizzle-orm/pg-core';

// A loopback host is the local endpoint (db/local/endpoint.ts), which listens where the URL says; any other is Neon's.
const neonEndpoint = neonConfig.fetchEndpoint;
neonConfig.fetchEndpoint = (host, port, options) =>
  host === '127.0.0.1'
    ? `http://127.0.0.1:${port}/sql`
    : typeof neonEndpoint === 'string'
      ? neonEndpoint
      : neonEndpoint(host, port, options);

// The driver's own headers leave no place for ours, so the request id rides in the fetch options.
neonConfig.fetchFunction = (url: string, init: RequestInit & { requestId: string }) => {
  const { requestId, headers, ...rest } = init;
  return fetch(url, { ...rest, headers: { ...(headers as object), 'X-Request-Id': requestId } });
};

/** One for all requests: it remembers what the columns are called, which `drizzle()` would work out anew in each. */
const dialect = new PgDialect({ casing: 'snake_case' });

/**
 * The Neon driver over HTTP: every `batch` is one round trip and one transaction.
 * The request id travels along, so that a slow batch in the database's log can be traced to its request.
 */
export function connect(databaseUrl: string, requestId: string) {
  const client = neon(databaseUrl, { fetchOptions: { requestId } });
  const session = new NeonHttpDriver(client, dialect).createSession(undefined);
  return Object.assign(new NeonHttpDatabase(dialect, session, undefined), { $client: client });
}

export type Database = ReturnType<typeof connect>;
