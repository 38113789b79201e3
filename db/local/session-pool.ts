import { Client } from 'pg';
import { parseDatabaseUrl } from './connect-owner.ts';
import { sendBatch, type Statement, type StatementResult } from './wire-batch.ts';

const APP_ROLE = 'distribu_app';
/** Between what requests and what jobs may take on a server (`enter_company`). */
const STATEMENT_TIMEOUT_MS = 30_000;
const COMMIT: Statement = { query: 'commit', params: [] };

interface SessionPool {
  /** Runs statements as the app's role; `begin` opens a transaction round them, null leaves them alone. */
  run(statements: Statement[], begin: string | null): Promise<StatementResult[]>;
  close(): Promise<void>;
}

/**
 * Connections made with the owner's URL that act as the app's role.
 * @param size most connections at once; further work waits its turn.
 * @param sharedSession all connections are one session (the embedded database). The role is then
 *   entered for one transaction at a time, and the transaction is opened by a message of its own,
 *   because that is what makes the embedded database's server keep other connections waiting.
 *   (It never comes back from `set session authorization`, so a role it is.)
 * @param limitStatements gives each statement so long, where the database has no timeout of its own.
 */
export function openSessionPool(
  databaseUrl: string,
  size: number,
  sharedSession: boolean,
  limitStatements: (milliseconds: number | null) => void = () => {},
): SessionPool {
  const connectionString = parseDatabaseUrl(databaseUrl).href;
  const idle: Client[] = [];
  const waiting: ((client: Client | null) => void)[] = [];
  const open = new Set<Client>();
  let opening = 0;

  async function acquire(): Promise<Client> {
    const client = idle.pop();
    if (client) return client;
    if (open.size + opening < size) return openClient();
    const freed = await new Promise<Client | null>((resolve) => waiting.push(resolve));
    return freed ?? acquire();
  }

  async function openClient(): Promise<Client> {
    opening++;
    const client = new Client({ connectionString, connectionTimeoutMillis: 15_000 });
    // A connection that breaks while nobody uses it is simply forgotten.
    client.on('error', () => drop(client));
    try {
      await client.connect();
      if (!sharedSession) await becomeApp(client);
      open.add(client);
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      waiting.shift()?.(null);
      throw error;
    } finally {
      opening--;
    }
  }

  function drop(client: Client): void {
    const at = idle.indexOf(client);
    if (at >= 0) idle.splice(at, 1);
    if (open.delete(client)) {
      client.end().catch(() => {});
      waiting.shift()?.(null);
    }
  }

  function release(client: Client): void {
    if (!open.has(client)) return;
    const next = waiting.shift();
    if (next) next(client);
    else idle.push(client);
  }

  async function runOn(
    client: Client,
    statements: Statement[],
    begin: string | null,
  ): Promise<StatementResult[]> {
    if (sharedSession) {
      await client.query(`${begin ?? 'begin'}; set local role ${APP_ROLE}`);
      // Nobody else's statements run until the transaction ends.
      limitStatements(STATEMENT_TIMEOUT_MS);
      try {
        const results = await sendBatch(client, statements, 2);
        await client.query('commit');
        return results;
      } finally {
        limitStatements(null);
      }
    }
    if (begin === null) return sendBatch(client, statements);
    const results = await sendBatch(client, [{ query: begin, params: [] }, ...statements, COMMIT]);
    return results.slice(1, -1);
  }

  return {
    async run(statements, begin) {
      const client = await acquire();
      try {
        const results = await runOn(client, statements, begin);
        if (client.getTransactionStatus() !== 'I') await client.query('rollback');
        return results;
      } catch (error) {
        await client.query('rollback').catch(() => drop(client));
        throw error;
      } finally {
        release(client);
      }
    },
    async close() {
      await Promise.all([...open].map((client) => client.end()));
    },
  };
}

async function becomeApp(client: Client): Promise<void> {
  const { rows } = await client.query<{ super: boolean }>(
    `select rolsuper as super from pg_roles where rolname = current_user`,
  );
  await client.query(
    rows[0]?.super ? `set session authorization ${APP_ROLE}` : `set role ${APP_ROLE}`,
  );
}
