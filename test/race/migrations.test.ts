import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectOwner } from '#db/local/connect-owner.ts';
import { migrateDatabase } from '#db/local/migrate-database.ts';
import { applyConcurrently } from '#db/local/migration-step.ts';
import { createPlainOwnersDatabase } from '../upgrade/plain-owner.ts';

/** Migrating as README asks to: as an owner who may create roles and is no superuser. */
let database: Awaited<ReturnType<typeof createPlainOwnersDatabase>>;
let owner: Client;

beforeAll(async () => {
  database = await createPlainOwnersDatabase();
  await migrateDatabase(database.ownerUrl);
  owner = await connectOwner(database.ownerUrl);
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

async function run(program: string): Promise<string> {
  const env = { ...process.env, DATABASE_URL: database.ownerUrl, SEED: 'large:200' };
  const { stdout } = await promisify(execFile)(process.execPath, [program], { env });
  return stdout;
}

/** Opens a transaction that holds a lock on every table, and runs `work` while it is open. */
async function besideLock(mode: string, work: () => Promise<unknown>): Promise<void> {
  const other = await connectOwner(database.superuserUrl);
  try {
    const { rows } = await other.query<{ tables: string }>(
      `select string_agg(oid::regclass::text, ', ') as tables from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
    );
    await other.query(`begin; lock table ${rows[0]?.tables} in ${mode} mode`);
    await work();
  } finally {
    await other.end();
  }
}

it('migrates and seeds a second time as a plain owner', async () => {
  expect(await run('db/migrate.ts')).toBe('The database is up to date.\n');
  expect(await run('db/seed.ts')).toContain('owner@large.test');
  await run('db/seed.ts');
}, 120_000);

it('takes no lock that a writer would wait for when there is nothing to do', async () => {
  // Any mode from SHARE on conflicts with this one, so a run that wanted such a lock would not return while it is held.
  await besideLock('row exclusive', () => migrateDatabase(database.ownerUrl));
});

it('applies a changed function beside writers', async () => {
  await owner.query(
    `update drizzle.sql_files set hash = '' where name = 'db/sql/order-totals.sql'`,
  );
  await besideLock('row exclusive', () => migrateDatabase(database.ownerUrl));
  const { rows } = await owner.query(`select from drizzle.sql_files where hash = ''`);
  expect(rows).toEqual([]);
});

it('lets several processes migrate at once', async () => {
  await owner.query(`update drizzle.sql_files set hash = ''`);
  await Promise.all(Array.from({ length: 4 }, () => migrateDatabase(database.ownerUrl)));
});

it('restores policies, privileges and row-level security that were changed by hand', async () => {
  const state = `
    select (select relrowsecurity and relforcerowsecurity from pg_class where relname = 'orders') as forced,
      has_table_privilege('distribu_tenant', 'orders', 'delete') as "mayDelete",
      (select count(*)::int from pg_policy where polrelid = 'orders'::regclass) as policies`;
  const before = await owner.query(state);
  await owner.query(`
    alter table orders no force row level security;
    grant delete on orders to distribu_tenant;
    drop policy tenant on orders;`);
  await migrateDatabase(database.ownerUrl);
  expect((await owner.query(state)).rows).toEqual(before.rows);
  expect(before.rows).toEqual([{ forced: true, mayDelete: false, policies: 2 }]);
});

it('isolates a partitioned table that has a company', async () => {
  await owner.query(
    `create table readings (company_id text collate "C" not null, at date not null) partition by range (at)`,
  );
  try {
    await migrateDatabase(database.ownerUrl);
    const { rows } = await owner.query(
      `select relforcerowsecurity, (select array_agg(polname::text order by polname) from pg_policy where polrelid = c.oid) as policies
       from pg_class c where relname = 'readings'`,
    );
    expect(rows).toEqual([{ relforcerowsecurity: true, policies: ['system', 'tenant'] }]);
  } finally {
    await owner.query('drop table readings');
  }
});

it('builds an index beside an open writer, and again where a build was interrupted', async () => {
  const build = 'create index concurrently if not exists probe on orders (company_id, po_number)';
  const state = `select indisvalid from pg_index where indexrelid = to_regclass('probe')`;
  const builder = await connectOwner(database.ownerUrl);
  try {
    await besideLock('row exclusive', async () => {
      await builder.query(`set lock_timeout = 100`);
      await expect(builder.query(build)).rejects.toMatchObject({ code: '55P03' });
      await builder.query(`reset lock_timeout`);
    });
    expect((await owner.query(state)).rows).toEqual([{ indisvalid: false }]);
    const done: string[] = [];
    let building = Promise.resolve();
    await besideLock('row exclusive', async () => {
      building = applyConcurrently(builder, [build]).then(() => void done.push('index'));
      // A further writer does not wait.
      await owner.query('begin; lock table orders in row exclusive mode; commit');
      done.push('writer');
    });
    await building;
    expect(done).toEqual(['writer', 'index']);
    expect((await owner.query(state)).rows).toEqual([{ indisvalid: true }]);
  } finally {
    await builder.query('drop index if exists probe');
    await builder.end();
  }
});

describe('what the app could plant', () => {
  it.each(['distribu_app', 'distribu_tenant', 'distribu_system'])(
    'keeps %s from creating anything in any schema',
    async (role) => {
      const { rows } = await owner.query(
        `select nspname::text from pg_namespace
         where has_schema_privilege($1, oid, 'create') and nspname !~ '^pg_(toast_)?temp'`,
        [role],
      );
      expect(rows).toEqual([]);
    },
  );

  it.each([
    ['a function', 'function pg_advisory_xact_lock(integer) returns void language sql return null'],
    [
      'an operator',
      `operator = (function = pg_catalog.int48eq, leftarg = integer, rightarg = bigint)`,
    ],
  ])('refuses to migrate while %s hides one of PostgreSQL', async (kind, created) => {
    await owner.query(`create ${created}`);
    try {
      await expect(migrateDatabase(database.ownerUrl)).rejects.toThrow(
        /hides one of PostgreSQL's own/u,
      );
    } finally {
      await owner.query(
        kind === 'a function'
          ? 'drop function public.pg_advisory_xact_lock(integer)'
          : 'drop operator public.= (integer, bigint)',
      );
    }
  });
});

it('says that a pooled address cannot migrate', async () => {
  await expect(migrateDatabase('postgres://a@ep-1-pooler.eu.aws.neon.tech/db')).rejects.toThrow(
    'without "-pooler"',
  );
});
