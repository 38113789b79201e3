import type { NeonDbError, NeonQueryFunction } from '@neondatabase/serverless';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { connect } from '../client.ts';
import { createCompany } from '../factories.ts';
import { type Endpoint, startEndpoint } from './endpoint.ts';

let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint({
    databaseUrl: inject('ownerUrl'),
    sharedSession: inject('embedded'),
  });
});
afterEach(() => endpoint.setFaults({}));
afterAll(() => endpoint.close());

function client(requestId: string = crypto.randomUUID()): NeonQueryFunction<false, false> {
  return connect(endpoint.appUrl, requestId).$client as NeonQueryFunction<false, false>;
}

async function errorOf(work: Promise<unknown>): Promise<NeonDbError> {
  return work.then(
    () => expect.fail('expected an error'),
    (error: NeonDbError) => error,
  );
}

describe('results', () => {
  it('gives rows as the driver parses them, with fields, command and count', async () => {
    const result = await client().query(
      `select $1::int as number, $2::text as word, null as nothing, array['a', null] as list, '{"a":1}'::jsonb as doc`,
      [7, 'Käse'],
      { fullResults: true },
    );
    expect(result.rows).toEqual([
      { number: 7, word: 'Käse', nothing: null, list: ['a', null], doc: { a: 1 } },
    ]);
    expect(result.command).toBe('SELECT');
    expect(result.rowCount).toBe(1);
    expect(result.fields[0]).toMatchObject({ name: 'number', dataTypeID: 23 });
  });

  it('gives arrays when asked', async () => {
    const rows = await client().query('select 1 as a, 2 as a', [], { arrayMode: true });
    expect(rows).toEqual([[1, 2]]);
  });

  it('counts what a statement changed', async () => {
    const sql = client();
    const results = await sql.transaction(
      [
        sql`create temp table counted (a int) on commit drop`,
        sql`insert into counted values (1), (2)`,
        sql`update counted set a = 3 where a = 9`,
      ],
      { fullResults: true },
    );
    expect(results.map(({ command, rowCount }) => ({ command, rowCount }))).toEqual([
      { command: 'CREATE', rowCount: null },
      { command: 'INSERT', rowCount: 2 },
      { command: 'UPDATE', rowCount: 0 },
    ]);
  });

  it('passes text through unchanged, whatever its size', async () => {
    const text = `'"\\\n\t😀${'x'.repeat(300_000)}`;
    expect(await client()`select ${text}::text as text`).toEqual([{ text }]);
  });
});

describe('transactions', () => {
  it('runs in order with the options asked for, as the app', async () => {
    const sql = client();
    const [, rows] = await sql.transaction(
      [
        sql`select set_config('role', 'distribu_tenant', true)`,
        sql`select current_user as role, current_setting('transaction_isolation') as isolation,
          current_setting('transaction_read_only') as "readOnly"`,
      ],
      { isolationLevel: 'Serializable', readOnly: true },
    );
    expect(rows).toEqual([{ role: 'distribu_tenant', isolation: 'serializable', readOnly: 'on' }]);
    expect(await sql`select current_user as role`).toEqual([{ role: 'distribu_app' }]);
  });

  it('rolls everything back at the first error and says which it was', async () => {
    const sql = client();
    const error = await errorOf(
      sql.transaction([
        sql`create temp table undone (a int constraint undone_positive check (a > 0))`,
        sql`insert into undone values (-1)`,
        sql`select nonsense`,
      ]),
    );
    expect(error).toMatchObject({
      name: 'NeonDbError',
      severity: 'ERROR',
      code: '23514',
      table: 'undone',
      constraint: 'undone_positive',
      detail: 'Failing row contains (-1).',
    });
    expect(await sql`select to_regclass('pg_temp.undone') as found`).toEqual([{ found: null }]);
  });

  it('reports an error that only the commit finds', async () => {
    const sql = client();
    const error = await errorOf(
      sql.transaction([
        sql`create temp table late (a int unique deferrable initially deferred)`,
        sql`insert into late values (1), (1)`,
      ]),
    );
    expect(error.code).toBe('23505');
    expect(await sql`select to_regclass('pg_temp.late') as found`).toEqual([{ found: null }]);
  });

  it('never leaves a transaction open', async () => {
    const sql = client();
    await sql.query('begin').catch(() => {});
    const [first] = await sql`select pg_current_xact_id()::text as id`;
    const [second] = await sql`select pg_current_xact_id()::text as id`;
    expect(first?.['id']).not.toBe(second?.['id']);
  });

  it('keeps many at once apart', async () => {
    const sql = client();
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const [, rows] = await sql.transaction([
          sql`select set_config('app.company_id', ${`company ${i}`}, true)`,
          sql`select current_setting('app.company_id') as company`,
        ]);
        return rows?.[0]?.['company'];
      }),
    );
    expect(answers).toEqual(Array.from({ length: 50 }, (_, i) => `company ${i}`));
  });
});

describe('errors', () => {
  it('carries the message, position and hint of a wrong statement', async () => {
    const error = await errorOf(client()`select lowercase('A')`);
    expect(error).toMatchObject({
      message: 'function lowercase(unknown) does not exist',
      code: '42883',
      position: '8',
    });
    expect(error.hint).toContain('No function matches');
    expect(error.detail).toBeUndefined();
  });

  it('carries an SQLSTATE of our own', async () => {
    const raise = `do $$ begin raise exception 'Please log in.' using errcode = 'DS401'; end $$`;
    expect(await errorOf(client().query(raise))).toMatchObject({
      message: 'Please log in.',
      code: 'DS401',
    });
  });

  it('refuses a request that is not one', async () => {
    const post = (body: string, headers: Record<string, string> = {}) =>
      fetch(`${endpoint.httpUrl}/sql`, { method: 'POST', body, headers });
    const raw = { 'Neon-Raw-Text-Output': 'true' };
    expect((await post('{"query":"select 1"}')).status).toBe(400);
    expect((await post('{', raw)).status).toBe(400);
    expect((await post('{"params":[]}', raw)).status).toBe(400);
    expect((await fetch(`${endpoint.httpUrl}/other`)).status).toBe(404);
  });
});

describe('counters', () => {
  it('counts round trips and statements per request and in total', async () => {
    const before = endpoint.stats();
    const sql = client('request-1');
    await sql.transaction([sql`select 1`, sql`select 2`, sql`select 3`]);
    await sql`select 4`;
    expect(endpoint.stats('request-1')).toEqual({ roundTrips: 2, statements: 4 });
    expect(endpoint.stats('request-2')).toEqual({ roundTrips: 0, statements: 0 });
    expect(endpoint.stats().roundTrips).toBe(before.roundTrips + 2);
    const response = await fetch(`${endpoint.httpUrl}/stats/request-1`);
    expect(await response.json()).toEqual({ roundTrips: 2, statements: 4 });
  });
});

describe('faults', () => {
  it('loses the answer of a batch that was committed', async () => {
    const slug = `lost-${crypto.randomUUID()}`;
    endpoint.setFaults({ dropNext: 1, match: 'insert into "companies"' });
    const lost = createCompany(connect(endpoint.appUrl, 'lost'), { slug });
    expect((await errorOf(lost)).message).toContain('Error connecting to database');

    const sql = client();
    const [, found] = await sql.transaction([
      sql`select enter_system('SYSTEM', null, 'Test', null)`,
      sql`select count(*)::int as companies from companies where slug = ${slug}`,
    ]);
    expect(found).toEqual([{ companies: 1 }]);
  });

  it('fails before running, at the rate asked for', async () => {
    const sql = client();
    endpoint.setFaults({ errorRate: 1 });
    const before = endpoint.stats();
    await expect(sql`select 1`).rejects.toThrow('Server error (HTTP status 500)');
    expect(endpoint.stats().roundTrips).toBe(before.roundTrips + 1);
    endpoint.setFaults({ errorNext: 2 });
    await expect(sql`select 1`).rejects.toThrow();
    await expect(sql`select 1`).rejects.toThrow();
    await sql`select 1`;
  });

  it('adds distance, and takes faults over HTTP', async () => {
    const sql = client();
    await fetch(`${endpoint.httpUrl}/faults`, { method: 'PUT', body: '{"delayMs":80}' });
    const start = performance.now();
    await sql`select 1`;
    expect(performance.now() - start).toBeGreaterThanOrEqual(79);
  });
});
