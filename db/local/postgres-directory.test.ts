import { cp, mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEmbedded } from './embedded.ts';

const GARBAGE = Buffer.from('not a page of PostgreSQL'.repeat(400));

let root: string;
/** A data directory with a database that is whole. */
let whole: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'distribu-'));
  whole = join(root, 'whole');
  // What a kill in the first start leaves, and an empty directory, are no reason to refuse.
  await mkdir(join(whole, 'postgres'), { recursive: true });
  await mkdir(join(whole, 'postgres.new'));
  await writeFile(join(whole, 'postgres.new', 'PG_VERSION'), '18');
  const made = await openEmbedded(whole);
  await query(made.databaseUrl, 'create table kept as select 1 as a');
  await made.close();
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function query(connectionString: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Makes a copy of the database, spoils it, and says what the next start says of it. */
async function openedAfter(spoil: (postgres: string) => Promise<void>): Promise<string> {
  const dataDir = await mkdtemp(join(root, 'copy-'));
  const postgres = join(dataDir, 'postgres');
  await cp(join(whole, 'postgres'), postgres, { recursive: true });
  await spoil(postgres);
  const before = await readdir(postgres).catch(() => []);
  const message = await openEmbedded(dataDir).then(
    () => expect.fail('The database was opened.'),
    (error: Error) =>
      `${error.constructor.name}: ${error.message.replaceAll(postgres, 'POSTGRES')}`,
  );
  // Nothing is put in the place of what is there.
  expect(await readdir(postgres).catch(() => [])).toEqual(expect.arrayContaining(before));
  return message;
}

const AWAY = 'move POSTGRES away to start with an empty one, or set DATA_DIR to another directory.';

it('makes a database in an empty directory, and opens it again', async () => {
  expect(await readdir(whole)).not.toContain('postgres.new');
  const again = await openEmbedded(whole);
  expect(await query(again.databaseUrl, 'select a from kept')).toEqual([{ a: 1 }]);
  await again.close();
});

it.each<[string, (postgres: string) => Promise<void>]>([
  ['a short pg_control', (postgres) => truncate(join(postgres, 'global', 'pg_control'), 100)],
  ['no pg_control', (postgres) => rm(join(postgres, 'global', 'pg_control'))],
  [
    'a garbled pg_control',
    (postgres) => writeFile(join(postgres, 'global', 'pg_control'), GARBAGE),
  ],
  ['a garbled table of tables', (postgres) => garble(join(postgres, 'base'), '1259')],
  ['no write-ahead log', (postgres) => rm(join(postgres, 'pg_wal'), { recursive: true })],
  ['no tables', (postgres) => rm(join(postgres, 'base'), { recursive: true })],
])('says in one sentence that a database with %s cannot be opened', async (_, spoil) => {
  const message = await openedAfter(spoil);
  expect(message).toMatch(/^StartError: The database in POSTGRES cannot be opened \(.+\): /);
  expect(message.endsWith(AWAY), message).toBe(true);
});

it.each<[string, (postgres: string) => Promise<void>]>([
  ['19', (postgres) => writeFile(join(postgres, 'PG_VERSION'), '19\n')],
  ['unknown', (postgres) => rm(join(postgres, 'PG_VERSION'))],
])('leaves a database alone whose release is %s', async (release, spoil) => {
  expect(await openedAfter(spoil)).toBe(
    `StartError: The database in POSTGRES cannot be opened (its release is ${release}, this is PostgreSQL 18): ${AWAY}`,
  );
});

it('refuses a file where the directory should be', async () => {
  const message = await openedAfter(async (postgres) => {
    await rm(postgres, { recursive: true });
    await writeFile(postgres, '');
  });
  expect(message).toBe(
    'StartError: The data directory POSTGRES cannot be written (EEXIST): set DATA_DIR to another directory.',
  );
});

/** Overwrites a file of every database of the directory. */
async function garble(base: string, file: string): Promise<void> {
  const databases = await readdir(base);
  await Promise.all(databases.map((database) => writeFile(join(base, database, file), GARBAGE)));
}
