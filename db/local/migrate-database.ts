import { applyMigrations } from './apply-migrations.ts';
import { connectOwner, parseDatabaseUrl } from './connect-owner.ts';
import { StartError } from './start-error.ts';

/**
 * Connects as the owner, migrates, disconnects.
 * @param appPassword sets the password of `distribu_app`, the role the app logs in with.
 * @throws StartError when the database cannot be reached or refuses a statement.
 */
export async function migrateDatabase(ownerUrl: string, appPassword?: string): Promise<void> {
  if (parseDatabaseUrl(ownerUrl).hostname.includes('-pooler.')) {
    throw new StartError(
      'DATABASE_URL leads to a connection pool, which keeps no session: migrate at the direct address, without "-pooler" in the host.',
    );
  }
  const client = await connectOwner(ownerUrl);
  try {
    await applyMigrations(client);
    if (appPassword) {
      await client.query(`alter role distribu_app password ${client.escapeLiteral(appPassword)}`);
    }
  } catch (error) {
    const { message } = error as Error;
    throw new StartError(`The database could not be migrated: ${message}.`, { cause: error });
  } finally {
    await client.end();
  }
}
