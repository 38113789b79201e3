import { setTimeout } from 'node:timers/promises';
import type { Client } from 'pg';

/**
 * Until so many wait for a lock in the watcher's database, or the work is done without.
 * @param watcher in no transaction: what one has seen of the others' activity stays as it was
 */
export async function untilWaiting(
  watcher: Client,
  count: number,
  work?: Promise<unknown>,
): Promise<void> {
  let isDone = false;
  void Promise.allSettled([work]).then(() => {
    isDone = work !== undefined;
  });
  while (!isDone) {
    // oxlint-disable-next-line no-await-in-loop -- it asks until it is so
    const { rows } = await watcher.query(
      `select count(*)::int as n from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows[0].n >= count) return;
    // oxlint-disable-next-line no-await-in-loop -- between two looks
    await setTimeout(10);
  }
}
