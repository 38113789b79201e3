import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestHarness } from 'wrangler';
import { connectOwner } from '#db/local/connect-owner.ts';
import { type Endpoint, startEndpoint } from '#db/local/endpoint.ts';
import { migrateDatabase } from '#db/local/migrate-database.ts';
import { LOCK_TIMEOUT_MS } from '#db/local/migration-step.ts';
import { DEMO_API_KEY } from '#db/seed/demo.ts';
import { Receiver } from '../receiver.ts';
import { readCatalog } from '../upgrade/catalog.ts';
import { checkOutLastRelease, fillAtLastRelease } from '../upgrade/last-release.ts';
import { createPlainOwnersDatabase } from '../upgrade/plain-owner.ts';
import { type Init, smoke } from '../upgrade/smoke.ts';

/** The last release, with its Worker running, is upgraded to the schema of this commit. */
let upgraded: Awaited<ReturnType<typeof createPlainOwnersDatabase>>;
let endpoint: Endpoint;
let receiver: Receiver;
let worker: ReturnType<typeof createTestHarness>;

beforeAll(async () => {
  const release = await checkOutLastRelease();
  upgraded = await createPlainOwnersDatabase();
  await fillAtLastRelease(release, upgraded.ownerUrl);
  await asOwner(
    `update companies set api_rate_limit = 1000000 where slug = 'acme'`,
    upgraded.superuserUrl,
  );
  receiver = await Receiver.open();
  // A request that waits longer for a lock than a migration may make it wait fails.
  await asOwner(`alter database ${databaseName()} set lock_timeout = ${3 * LOCK_TIMEOUT_MS}`);
  endpoint = await startEndpoint({ databaseUrl: upgraded.superuserUrl });
  worker = createTestHarness({
    workers: [
      {
        configPath: join(release, 'wrangler.toml'),
        vars: {
          DEV: '1',
          PUBLIC_URL: 'http://shop.test',
          MAIL_PROVIDER: 'outbox',
          WEBHOOK_ALLOW: receiver.host,
        },
        secrets: {
          DATABASE_URL: endpoint.appUrl,
          SESSION_KEYS: `test:${randomBytes(32).toString('base64url')}`,
          MAIL_API_KEY: 'test',
        },
      },
    ],
  });
  await worker.listen();
}, 180_000);
afterAll(async () => {
  await worker?.close();
  await endpoint?.close();
  await receiver?.close();
  await upgraded?.drop();
});

const databaseName = () => new URL(upgraded.ownerUrl).pathname.slice(1);

async function asOwner(statement: string, url = upgraded.ownerUrl) {
  const client = await connectOwner(url);
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

const ask = (path: string, init?: Init) => worker.fetch(path, init);

/** Asks the running Worker for pages and writes, again and again until `done`. */
async function traffic(done: Promise<unknown>): Promise<{ answered: number; failed: string[] }> {
  const headers = { Authorization: `Bearer ${DEMO_API_KEY}`, 'Content-Type': 'application/json' };
  const { data } = (await (await ask('/api/v1/products?limit=1', { headers })).json()) as {
    data: [{ id: string }];
  };
  let price = 1;
  const requests: [string, (() => Init)?][] = [
    ['/login'],
    ['/store/acme/login'],
    ['/api/v1/customers', () => ({ headers })],
    [
      `/api/v1/products/${data[0].id}`,
      () => ({ method: 'PATCH', headers, body: JSON.stringify({ price: ++price }) }),
    ],
  ];
  let over = false;
  void done.finally(() => (over = true));
  const count = { answered: 0, failed: [] as string[] };
  const lane = async ([path, init]: (typeof requests)[number]) => {
    while (!over) {
      const response = await ask(path, init?.());
      await response.arrayBuffer();
      if (response.ok) count.answered += 1;
      else count.failed.push(`${path}: ${response.status}`);
    }
  };
  await Promise.all(requests.map(lane));
  return count;
}

/**
 * Takes a lock on every table, as a long report does, and keeps it for five seconds.
 * @returns when it has the locks; `ended` when it has given them back
 */
async function startReading(): Promise<{ ended: Promise<unknown> }> {
  const client = await connectOwner(upgraded.superuserUrl);
  const { rows } = await client.query<{ tables: string }>(
    `select string_agg(oid::regclass::text, ', ') as tables from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  await client.query(`begin; lock table ${rows[0]?.tables} in access share mode`);
  return { ended: client.query('select pg_sleep(5)').then(() => client.end()) };
}

it('is upgraded beside a long reader and traffic, of which no request fails', async () => {
  const reader = await startReading();
  const order: string[] = [];
  const work = Promise.all([
    reader.ended.then(() => order.push('reader')),
    migrateDatabase(upgraded.ownerUrl).then(() => order.push('migration')),
  ]);
  const { answered, failed } = await traffic(work.catch(() => {}));
  await work;
  expect(failed).toEqual([]);
  expect(answered).toBeGreaterThan(20);
  // The migration needed a lock that the reader held.
  expect(order).toEqual(['reader', 'migration']);
});

it('is then the same schema as a new one, function by function', async () => {
  const fresh = await createPlainOwnersDatabase();
  try {
    await migrateDatabase(fresh.ownerUrl);
    const [was, is] = await Promise.all(
      [fresh.ownerUrl, upgraded.ownerUrl].map(async (url) => {
        const client = await connectOwner(url);
        try {
          return await readCatalog(client);
        } finally {
          await client.end();
        }
      }),
    );
    expect(is).toEqual(was);
    expect(was?.functions.length).toBeGreaterThan(100);
  } finally {
    await fresh.drop();
  }
});

it('keeps sending the mails of companies that have delivered orders', async () => {
  const rows = await asOwner(
    `select verified from companies where slug = 'acme'`,
    upgraded.superuserUrl,
  );
  expect(rows).toEqual([{ verified: true }]);
});

it('still serves the last release’s Worker', async () => {
  await smoke(ask, receiver);
  const errors = worker.getLogs().filter(({ level }) => level === 'error');
  expect(errors).toEqual([]);
}, 120_000);

it('has functions without a fault', async () => {
  const client = await connectOwner(upgraded.superuserUrl);
  try {
    // From Debian's postgresql-15-plpgsql-check.
    await client.query('create extension plpgsql_check');
    // A trigger function that serves several triggers branches: what one of them cannot run is no fault.
    const { rows } = await client.query(`
      with checked as (
        select p.oid::regprocedure::text as function, t.oid as trigger, f.lineno, f.message, f.level
        from pg_proc p
        join pg_language l on l.oid = p.prolang and l.lanname = 'plpgsql'
        left join pg_trigger t on t.tgfoid = p.oid
        left join lateral plpgsql_check_function_tb(
          p.oid, coalesce(t.tgrelid, 0), oldtable => t.tgoldtable, newtable => t.tgnewtable, other_warnings => false,
          extra_warnings => false, performance_warnings => false
        ) f on f.level = 'error'
        where p.pronamespace = 'public'::regnamespace
      )
      select function, lineno, message
      from checked c
      where level is not null
      group by function, lineno, message
      having count(*) = (select count(distinct coalesce(trigger, 0)) from checked k where k.function = c.function)
      order by 1, 2`);
    expect(rows).toEqual([]);
  } finally {
    await client.end();
  }
});
