import { readMigrationFiles } from 'drizzle-orm/migrator';
import { fileURLToPath } from 'node:url';
import type { Client } from 'pg';
import { refusePlanted } from './refuse-planted.ts';
import { ISOLATION, readSqlFiles, ROLES, type SqlFile } from './sql-files.ts';
import { applyConcurrently, inOneStep } from './migration-step.ts';
import { withMigrationLock } from './migration-lock.ts';

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));

/**
 * Brings a database up to date: roles, the migrations that it lacks, the files of db/sql that differ from those applied
 * last, and isolation, which compares itself with the catalog. Runs as the database's owner, any number of times, beside
 * live traffic and from several places at once. A run that finds no difference takes no exclusive lock.
 */
export async function applyMigrations(client: Client): Promise<void> {
  await withMigrationLock(client, async () => {
    await refusePlanted(client);
    await applyRoles(client);
    await applyNewMigrations(client);
    await applyChangedSql(client);
    await inOneStep(client, ISOLATION.name, [ISOLATION.text]);
  });
}

// Roles belong to the whole server, so two databases may create them at the same moment, which no lock of one database
// sees. The loser gets one of these errors, and its second attempt finds the roles.
const LOST_ROLE_RACE = new Set(['23505', '42710', 'XX000']);

async function applyRoles(client: Client): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inOneStep(client, ROLES.name, [ROLES.text]);
    } catch (error) {
      const { code } = error as { code?: string };
      if (attempt === 5 || !LOST_ROLE_RACE.has(code ?? '')) throw error;
    }
  }
}

/** Keeps drizzle's own journal table, so drizzle-kit and its migrator see which were applied. */
async function applyNewMigrations(client: Client): Promise<void> {
  await createOnce(
    client,
    'drizzle.__drizzle_migrations',
    'id serial primary key, hash text not null, created_at bigint',
  );
  const { rows } = await client.query<{ newest: string | null }>(
    'select pg_catalog.max(created_at) as newest from drizzle.__drizzle_migrations',
  );
  const newest = Number(rows[0]?.newest ?? 0);
  for (const { folderMillis, hash, sql } of readMigrationFiles({ migrationsFolder: MIGRATIONS })) {
    if (folderMillis <= newest) continue;
    const applied = `insert into drizzle.__drizzle_migrations (hash, created_at) values ('${hash}', ${folderMillis})`;
    const name = `the migration of ${new Date(folderMillis).toISOString()}`;
    // An index that is built beside live traffic cannot be built inside a transaction.
    if (sql.some((statement) => /\bconcurrently\b/iu.test(statement))) {
      await applyConcurrently(client, sql);
      await inOneStep(client, name, [applied]);
    } else {
      await inOneStep(client, name, [...sql, applied]);
    }
  }
}

/** Functions and triggers replace themselves, one file a transaction, in name order. */
async function applyChangedSql(client: Client): Promise<void> {
  await createOnce(client, 'drizzle.sql_files', 'name text primary key, hash text not null');
  const { rows } = await client.query<SqlFile>('select name, hash from drizzle.sql_files');
  const applied = new Map(rows.map(({ name, hash }) => [name, hash]));
  for (const { name, hash, text } of await readSqlFiles()) {
    if (applied.get(name) === hash) continue;
    await inOneStep(client, name, [
      // To become the owner of a function a role must be able to create it; nobody else sees that it can.
      'grant create on schema public to distribu_system',
      text,
      'revoke create on schema public from distribu_system',
      `insert into drizzle.sql_files (name, hash) values ('${name}', '${hash}')
       on conflict (name) do update set hash = excluded.hash`,
    ]);
  }
}

/** `create … if not exists` would lock the schema even where the table exists. */
async function createOnce(client: Client, table: string, columns: string): Promise<void> {
  const { rows } = await client.query<{ known: boolean }>(
    'select pg_catalog.to_regclass($1) is not null as known',
    [table],
  );
  if (rows[0]?.known) return;
  await inOneStep(client, table, [
    'create schema if not exists drizzle',
    `create table ${table} (${columns})`,
  ]);
}
