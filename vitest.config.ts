import { defineConfig } from 'vitest/config';

/** How long a poll waits for what a job, a browser or a process does; a loaded machine takes seconds. */
const POLL = { poll: { timeout: 20_000 } };

/** Tiers: `node` pure rules and verbs, `worker` the built Worker, `race` real PostgreSQL, `browser` Chromium. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['{src,db,functions}/**/*.test.ts'],
          globalSetup: 'test/setup/database.ts',
          // Some start processes, which a loaded machine lets wait.
          expect: POLL,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'worker',
          include: ['test/worker/**/*.test.ts'],
          globalSetup: 'test/setup/database.ts',
          setupFiles: 'test/setup/worker.ts',
          // One process and one Worker for all files (test/server.ts).
          isolate: false,
          fileParallelism: false,
          expect: POLL,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'race',
          include: ['test/race/**/*.test.ts'],
          globalSetup: 'test/setup/postgres.ts',
          fileParallelism: false,
          expect: POLL,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'test/setup/database.ts',
          setupFiles: ['test/setup/worker.ts', 'test/setup/browser.ts'],
          isolate: false,
          fileParallelism: false,
          expect: POLL,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
