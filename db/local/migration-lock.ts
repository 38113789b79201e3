import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';

// Any constant serves; it only has to be the same for all who migrate this database.
const LOCK_KEY = 5_180_023;
const POLL_MS = 200;

/**
 * Lets one process at a time migrate a database; others wait their turn.
 * They poll, because a session that waits inside a statement holds a snapshot, and an index that is built concurrently
 * waits for all older snapshots: the two would wait for each other.
 */
export async function withMigrationLock(client: Client, work: () => Promise<void>): Promise<void> {
  while (!(await tryLock(client))) await sleep(POLL_MS);
  try {
    await work();
  } finally {
    await client.query(`select pg_catalog.pg_advisory_unlock(${LOCK_KEY}::pg_catalog.int8)`);
  }
}

async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    `select pg_catalog.pg_try_advisory_lock(${LOCK_KEY}::pg_catalog.int8) as locked`,
  );
  return rows[0]?.locked ?? false;
}
