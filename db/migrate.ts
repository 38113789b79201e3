import { migrateDatabase } from './local/migrate-database.ts';
import { runCommand, StartError } from './local/start-error.ts';

/**
 * `DATABASE_URL=… npm run db:migrate`, as the owner of the database, on PostgreSQL 15 or newer or on
 * Neon. With `APP_PASSWORD=…` it also sets the password `distribu_app`, the app's role, logs in with.
 */
await runCommand(async () => {
  const { DATABASE_URL, APP_PASSWORD } = process.env;
  if (!DATABASE_URL) {
    throw new StartError(
      'Set DATABASE_URL to the database to migrate, with its owner as the user.',
    );
  }
  await migrateDatabase(DATABASE_URL, APP_PASSWORD);
  console.log('The database is up to date.');
});
