import { join } from 'node:path';
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin';
import { auto_explain } from '@electric-sql/pglite/contrib/auto_explain';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { lockDirectory } from './lock-directory.ts';
import { openPostgres } from './postgres-directory.ts';
import { SteadyPGlite } from './steady-pglite.ts';

interface EmbeddedPostgres {
  /** Connects as the superuser. All connections share one session, so they take turns. */
  databaseUrl: string;
  /** How long each statement may take from now on, since `statement_timeout` does nothing; null = as long as it likes. */
  limitStatements(milliseconds: number | null): void;
  close(): Promise<void>;
}

/**
 * PostgreSQL in this process, on a free port of the loopback address.
 * @param dataDir where it keeps its files; in memory when left out.
 * @throws StartError when another process has the directory open, or it holds what cannot be opened.
 */
export async function openEmbedded(dataDir?: string): Promise<EmbeddedPostgres> {
  const unlock = dataDir === undefined ? undefined : await lockDirectory(dataDir);
  try {
    const open = (directory?: string) =>
      new SteadyPGlite({
        ...(directory !== undefined && { dataDir: directory }),
        // Tests of query plans load auto_explain.
        extensions: { auto_explain, btree_gin, pg_trgm },
        relaxedDurability: false,
      });
    const db = dataDir === undefined ? open() : await openPostgres(join(dataDir, 'postgres'), open);
    await db.waitReady;
    const server = new PGLiteSocketServer({ db, port: 0, maxConnections: 50 });
    await server.start();
    return {
      databaseUrl: `postgres://postgres@${server.getServerConn()}/postgres`,
      limitStatements(milliseconds) {
        db.timeoutMs = milliseconds;
      },
      async close() {
        await server.stop();
        await db.close();
        await unlock?.();
      },
    };
  } catch (error) {
    await unlock?.();
    throw error;
  }
}
