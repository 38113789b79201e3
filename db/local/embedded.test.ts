import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connect } from '../client.ts';
import { openEmbedded } from './embedded.ts';
import { startEndpoint } from './endpoint.ts';
import { StartError } from './start-error.ts';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'distribu-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function query(databaseUrl: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

it('keeps its data, and lets one process in at a time', async () => {
  const first = await openEmbedded(dataDir);
  await query(first.databaseUrl, 'create table kept as select 1 as a');
  await expect(openEmbedded(dataDir)).rejects.toThrow(StartError);
  await expect(openEmbedded(dataDir)).rejects.toThrow(
    `The data directory ${dataDir} is in use by process ${process.pid}: stop it or set DATA_DIR to another directory.`,
  );
  await first.close();

  const second = await openEmbedded(dataDir);
  expect(await query(second.databaseUrl, 'select * from kept')).toEqual([{ a: 1 }]);
  await second.close();
});

it('answers after any number of errors', async () => {
  const embedded = await openEmbedded();
  const client = new Client({ connectionString: embedded.databaseUrl });
  await client.connect();
  // An eighth of what there is, so that a few hundred are enough.
  await client.query(`set max_stack_depth = '256kB'`);
  for (let n = 0; n < 1000; n += 1) {
    await expect(client.query('select 1 / 0')).rejects.toMatchObject({ code: '22012' });
  }
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await client.end();
  await embedded.close();
});

it('keeps every answered write when its process is killed', async () => {
  const writer = spawn(process.execPath, ['--input-type=module', '-e', WRITE_FOREVER, dataDir], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let written = 0;
  for await (const line of createInterface(writer.stdout)) {
    written = Number(line);
    if (written >= 50) break;
  }
  writer.kill('SIGKILL');
  await once(writer, 'exit');

  const reopened = await openEmbedded(dataDir);
  const [row] = await query(
    reopened.databaseUrl,
    'select count(*)::int as rows, max(a) as newest from written',
  );
  expect(written).toBe(50);
  const { rows, newest } = row as { rows: number; newest: number };
  expect(rows).toBeGreaterThanOrEqual(written);
  expect(rows).toBe(newest);
  await reopened.close();
});

const WRITE_FOREVER = `
  import { Client } from 'pg';
  import { connect } from '../client.ts';
import { openEmbedded } from './embedded.ts';
import { startEndpoint } from './endpoint.ts';
  const { databaseUrl } = await openEmbedded(process.argv[1]);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('create table written (a int primary key)');
  for (let a = 1; ; a++) {
    await client.query('insert into written values ($1)', [a]);
    console.log(a);
  }
`;

it('cancels a statement that takes longer than the endpoint gives it, and answers on', async () => {
  const embedded = await openEmbedded();
  await query(embedded.databaseUrl, 'create role distribu_app');
  const endpoint = await startEndpoint({
    databaseUrl: embedded.databaseUrl,
    sharedSession: true,
    limitStatements: (milliseconds) => embedded.limitStatements(milliseconds && 50),
  });
  const sql = connect(endpoint.appUrl, 'test').$client;
  for (const endless of [
    'do $$ begin loop null; end loop; end $$',
    'select count(*) from generate_series(1, 10000000) a, generate_series(1, 10000000) b',
  ]) {
    await expect(sql.query(endless)).rejects.toMatchObject({ code: '57014' });
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  }
  await endpoint.close();
  // Its owner, who migrates, takes as long as it takes.
  expect(await query(embedded.databaseUrl, 'select pg_sleep(0.3)')).toHaveLength(1);
  await embedded.close();
});
