import type { TestProject } from 'vitest/node';
import { provideDatabase } from './database.ts';

/** A fresh, migrated database on a real PostgreSQL: races need more than one session. */
export function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
  return provideDatabase(project, server);
}
