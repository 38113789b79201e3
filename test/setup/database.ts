import type { TestProject } from 'vitest/node';
import { startDatabase } from '#db/local/database.ts';
import { createScratchDatabase } from './scratch-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The app's connection string: its host is the local endpoint. */
    databaseUrl: string;
    /** The endpoint's own address, for counters and faults. */
    endpointUrl: string;
    /** The owner's connection string, for looking behind row-level security. */
    ownerUrl: string;
    /** The database is the embedded one: one session, so no races. */
    embedded: boolean;
  }
}

/** A fresh, migrated database for one run: in memory, or on the server TEST_DATABASE_URL names. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env['TEST_DATABASE_URL'];
  return provideDatabase(project, server);
}

/** Provides the database's addresses to the tests; the returned function removes it. */
export async function provideDatabase(
  project: TestProject,
  server: string | undefined,
): Promise<() => Promise<void>> {
  const scratch = server ? await createScratchDatabase(server) : null;
  const database = await startDatabase({ databaseUrl: scratch?.databaseUrl }).catch(
    async (error: unknown) => {
      await scratch?.drop();
      throw error;
    },
  );
  project.provide('databaseUrl', database.appUrl);
  project.provide('endpointUrl', database.endpoint?.httpUrl ?? '');
  project.provide('ownerUrl', database.ownerUrl);
  project.provide('embedded', database.embedded);
  return async () => {
    await database.close();
    await scratch?.drop();
  };
}
