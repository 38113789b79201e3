import { Client } from 'pg';
import { StartError } from './start-error.ts';

const OLDEST_SERVER = 150_000;

/**
 * Connects to a PostgreSQL server that is new enough, as the owner of the database.
 * @throws StartError with one sentence when the address, the log-in or the version is wrong.
 */
export async function connectOwner(databaseUrl: string): Promise<Client> {
  const url = parseDatabaseUrl(databaseUrl);
  const client = new Client({ connectionString: url.href, connectionTimeoutMillis: 15_000 });
  try {
    await client.connect();
  } catch (error) {
    throw new StartError(connectProblem(error, url), { cause: error });
  }
  const { rows } = await client.query<{ number: string; version: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as version`,
  );
  const server = rows[0];
  if (!server || Number(server.number) < OLDEST_SERVER) {
    await client.end();
    throw new StartError(
      `PostgreSQL ${server?.version ?? ''} at ${url.host} is too old: Distribu needs version 15 or newer.`,
    );
  }
  return client;
}

/** The URL of a database, checked for shape only. Passwords never reach a message. */
export function parseDatabaseUrl(databaseUrl: string): URL {
  const url = URL.parse(databaseUrl);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || !url.hostname || url.pathname.length < 2) {
    throw new StartError(
      'DATABASE_URL is not a PostgreSQL address: it should look like postgres://user:password@host:5432/database.',
    );
  }
  // The driver reads `require` as `verify-full` already, and warns about saying it that way.
  if (url.searchParams.get('sslmode') === 'require') url.searchParams.set('sslmode', 'verify-full');
  return url;
}

function connectProblem(error: unknown, url: URL): string {
  const server = `PostgreSQL at ${url.hostname}:${url.port || 5432}`;
  const database = decodeURIComponent(url.pathname.slice(1));
  const { code, message } = error as { code?: string; message?: string };
  switch (code ?? '') {
    case 'ECONNREFUSED':
      return `Nothing answers for ${server}: start it or correct DATABASE_URL.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host ${url.hostname} is unknown: correct DATABASE_URL.`;
    case '28P01':
    case '28000':
      return `${server} refused to log in ${decodeURIComponent(url.username) || 'without a user'}: correct user and password in DATABASE_URL.`;
    case '3D000':
      return `${server} has no database ${database}: create it or correct DATABASE_URL.`;
    default:
      return `Could not connect to ${server}: ${message ?? String(error)}.`;
  }
}
