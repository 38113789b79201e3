import { parseDatabaseUrl } from './connect-owner.ts';
import { openEmbedded } from './embedded.ts';
import { startEndpoint, type Endpoint } from './endpoint.ts';
import { migrateDatabase } from './migrate-database.ts';

export interface Database {
  /** What the Worker gets as DATABASE_URL. */
  appUrl: string;
  /** null when the database speaks Neon's protocol itself. */
  endpoint: Endpoint | null;
  ownerUrl: string;
  embedded: boolean;
  close(): Promise<void>;
}

/**
 * A migrated database the Worker can use: the embedded one (in `dataDir`, or in memory), any
 * PostgreSQL, or Neon.
 * @throws StartError when it cannot be opened or reached.
 */
export async function startDatabase(options: {
  databaseUrl?: string | undefined;
  dataDir?: string | undefined;
}): Promise<Database> {
  const embedded = options.databaseUrl ? null : await openEmbedded(options.dataDir);
  const ownerUrl = embedded?.databaseUrl ?? options.databaseUrl ?? '';
  try {
    await migrateDatabase(ownerUrl);
    const endpoint = isNeon(ownerUrl)
      ? null
      : await startEndpoint({
          databaseUrl: ownerUrl,
          sharedSession: embedded !== null,
          limitStatements: (milliseconds) => embedded?.limitStatements(milliseconds),
        });
    return {
      appUrl: endpoint?.appUrl ?? ownerUrl,
      endpoint,
      ownerUrl,
      embedded: embedded !== null,
      async close() {
        await endpoint?.close();
        await embedded?.close();
      },
    };
  } catch (error) {
    await embedded?.close();
    throw error;
  }
}

function isNeon(databaseUrl: string): boolean {
  return parseDatabaseUrl(databaseUrl).hostname.endsWith('.neon.tech');
}
