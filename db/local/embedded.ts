import { join } from 'node:path';
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { lockDirectory } from './lock-directory.ts';
import { SteadyPGlite } from './steady-pglite.ts';

interface EmbeddedPostgres {
  /** Connects as the superuser. All connections share one session, so they take turns. */
  databaseUrl: string;
  close(): Promise<void>;
}

/**
 * PostgreSQL in this process, on a free port of the loopback address.
 * @param dataDir where it keeps its files; in memory when left out.
 * @throws StartError when another process has the directory open.
 */
export async function openEmbedded(dataDir?: string): Promise<EmbeddedPostgres> {
  const unlock = dataDir === undefined ? undefined : await lockDirectory(dataDir);
  try {
    const db = new SteadyPGlite({
      ...(dataDir !== undefined && { dataDir: join(dataDir, 'postgres') }),
      extensions: { btree_gin, pg_trgm },
      relaxedDurability: false,
    });
    await db.waitReady;
    const server = new PGLiteSocketServer({ db, port: 0, maxConnections: 50 });
    await server.start();
    return {
      databaseUrl: `postgres://postgres@${server.getServerConn()}/postgres`,
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
