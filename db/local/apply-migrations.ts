import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Client } from 'pg';

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));
const SQL = new URL('../sql/', import.meta.url);
const ROLES = 'roles.sql';
/** Covers whatever tables and functions there are, so it comes after all of them. */
const ISOLATION = 'isolation.sql';

// Any constant does; it only has to be the same for everybody who migrates this database.
const LOCK_KEY = 5_180_023;

/**
 * Brings a database up to date: roles, then the migrations it has not seen, then every file of
 * db/sql in name order (functions, triggers, at last policies; they replace themselves each time).
 * Safe to run at any time and from several places at once.
 */
export async function applyMigrations(client: Client): Promise<void> {
  await applyRoles(client);
  await inTransaction(client, async () => {
    await client.query(`select pg_advisory_xact_lock(${LOCK_KEY})`);
    await applyNewMigrations(client);
    for (const file of (await readdir(SQL)).toSorted()) {
      if (file.endsWith('.sql') && file !== ROLES && file !== ISOLATION) {
        await applyFile(client, file);
      }
    }
    await applyFile(client, ISOLATION);
  });
}

// Roles belong to the whole server, so two databases may be creating them at this moment, which
// no lock of one database can see. The loser's error is one of these, and a second try settles it.
const LOST_ROLE_RACE = new Set(['23505', '42710', 'XX000']);

async function applyRoles(client: Client): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await inTransaction(client, () => applyFile(client, ROLES));
      return;
    } catch (error) {
      const { code } = error as { code?: string };
      if (attempt === 5 || !LOST_ROLE_RACE.has(code ?? '')) throw error;
    }
  }
}

/** Keeps drizzle's own journal table, so drizzle-kit and its migrator see what was applied. */
async function applyNewMigrations(client: Client): Promise<void> {
  await client.query('create schema if not exists drizzle');
  await client.query(
    'create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  );
  const { rows } = await client.query<{ newest: string | null }>(
    'select max(created_at) as newest from drizzle.__drizzle_migrations',
  );
  const newest = Number(rows[0]?.newest ?? 0);
  for (const migration of readMigrationFiles({ migrationsFolder: MIGRATIONS })) {
    if (migration.folderMillis <= newest) continue;
    for (const statement of migration.sql) await client.query(statement);
    await client.query(
      'insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)',
      [migration.hash, migration.folderMillis],
    );
  }
}

async function applyFile(client: Client, file: string): Promise<void> {
  const text = await readFile(new URL(file, SQL), 'utf8');
  try {
    await client.query(text);
  } catch (error) {
    if (error instanceof Error) error.message = `db/sql/${file}: ${error.message}`;
    throw error;
  }
}

async function inTransaction(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
