import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { StartError } from './start-error.ts';

/** How long one transaction waits for locks altogether. Requests queue behind it for as long, so it is short. */
export const LOCK_TIMEOUT_MS = 1_000;
const ATTEMPTS = 300;
/** Between attempts the requests that queued go through. */
const PAUSE_MS = 500;
const BUSY = new Set(['55P03', '40P01']);

/**
 * Runs statements in one transaction. If a lock is not free in time, it rolls back, lets others pass and tries again.
 * The search path is pinned.
 * @param name what is applied, for messages
 * @throws StartError when a table stays locked for minutes; the database's error, with the name, otherwise
 */
export async function inOneStep(client: Client, name: string, statements: string[]): Promise<void> {
  await retryWhileBusy(name, async () => {
    await client.query('begin; set local search_path = public, pg_temp');
    try {
      const started = performance.now();
      for (const statement of statements) {
        const left = Math.max(1, LOCK_TIMEOUT_MS - Math.round(performance.now() - started));
        await client.query(`set local lock_timeout = ${left}; ${statement}`);
      }
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  });
}

/**
 * Runs statements that build indexes beside traffic, which no transaction may hold. They wait for open transactions, and
 * nobody waits for them, so they have no lock timeout. Each must be safe to repeat (`if not exists`).
 */
export async function applyConcurrently(client: Client, statements: string[]): Promise<void> {
  await client.query('set search_path = public, pg_temp');
  try {
    // A build that was interrupted leaves an index that no query uses and `if not exists` takes for the real one.
    const { rows } = await client.query<{ name: string }>(
      `select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indexrelid
       where not i.indisvalid and c.relnamespace = 'public'::regnamespace`,
    );
    for (const { name } of rows) await client.query(`drop index concurrently ${name}`);
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.query('reset search_path');
  }
}

async function retryWhileBusy(name: string, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const { code } = error as { code?: string };
      if (!BUSY.has(code ?? '')) {
        if (error instanceof Error) error.message = `${name}: ${error.message}`;
        throw error;
      }
      if (attempt === ATTEMPTS) {
        throw new StartError(
          `${name} needs a lock that another session has held for minutes: end that session and run this again`,
        );
      }
      await sleep(PAUSE_MS * (0.5 + Math.random()));
    }
  }
}
