import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listCustomers } from '#src/customers/queries.ts';
import { argon2Hasher } from './argon2-hasher.ts';
import { logIn } from '#src/staff/log-in.ts';
import { logInCustomer } from '#src/storefront/log-in.ts';
import { connect } from '../client.ts';
import { connectOwner } from '../local/connect-owner.ts';
import { type Database, startDatabase } from '../local/database.ts';
import type { SeedSummary } from '../local/ready-message.ts';
import { seedContext } from './seed-context.ts';
import { seed } from './seed.ts';

/** A database of its own: seeds choose their slugs themselves. */
let database: Database;
let owner: Client;

beforeAll(async () => {
  database = await startDatabase({});
  owner = await connectOwner(database.ownerUrl);
});
afterAll(async () => {
  await owner.end();
  await database.close();
});

const elsewhere = () => ({ ...database, embedded: false });
const rows = async (query: string) => (await owner.query<Record<string, unknown>>(query)).rows;

const storeContext = (slug: string) =>
  seedContext(connect(database.appUrl, 'test'), { kind: 'store', slug }, new Date());

/** Signs in as everybody the summary names, and reads the customers with its key. */
async function use(summary: SeedSummary | null) {
  if (!summary) return expect.fail('The seed names nobody to log in as.');
  const { accounts, password, apiKey } = summary;
  const db = connect(database.appUrl, 'test');
  const nobody = seedContext(db, { kind: 'nobody' }, new Date());
  for (const { email, path } of accounts) {
    const slug = /^\/store\/(.+)\/login$/.exec(path)?.[1];
    const result = slug
      ? await logInCustomer(storeContext(slug), argon2Hasher, { email, password }, 'Test')
      : await logIn(nobody, argon2Hasher, { email, password }, 'Test');
    expect(result, email).toMatchObject({ ok: true });
  }
  const hash = createHash('sha256').update(apiKey).digest('hex');
  const input = { limit: 3, sort: 'created', descending: true } as const;
  return listCustomers(seedContext(db, { kind: 'api_key', hash }, new Date()), input);
}

it('gives log-ins that everybody knows to the embedded database only', async () => {
  expect(await seed(database, 'empty')).toBeNull();
  expect(await seed(elsewhere(), 'demo')).toBeNull();
  expect(await rows('select from companies')).toEqual([]);

  const first = await seed(elsewhere(), 'large:10');
  expect(first?.password).not.toBe('distribu-demo');
  expect((await use(first)).rows).toHaveLength(3);
  expect(await seed(elsewhere(), 'large:10')).toBeNull();
});

it('makes the demo once, with people, customers and a history', async () => {
  const summary = await seed(database, 'demo');
  expect(summary).toMatchObject({ password: 'distribu-demo' });
  expect(summary?.apiKey).toMatch(/^dk_demo_/);
  const demo = () =>
    rows(`select plan, u.customers::int as counted, u.max_customers as max,
        (select count(*)::int from customers where company_id = companies.id) as customers,
        (select count(*)::int from customers where company_id = companies.id and status = 'BLOCKED') as blocked,
        (select count(*)::int from customers where company_id = companies.id and email = 'buyer@acme.test') as buyers,
        (select count(*)::int from audit_entries where company_id = companies.id) as changes,
        (select count(*)::int from staff_sessions where company_id = companies.id) as sessions
      from companies join plan_usage u on u.company_id = companies.id where slug = 'acme'`);
  const made = await demo();
  expect(made).toEqual([
    {
      plan: 'ENTERPRISE',
      counted: 63,
      max: null,
      customers: 63,
      blocked: 4,
      buyers: 1,
      changes: 5,
      sessions: 0,
    },
  ]);
  expect(await seed(database, 'demo')).toEqual(summary);
  expect(await demo()).toEqual(made);
  expect((await use(summary)).hasMore).toBe(true);
});

it('gives the demo customer addresses and people, one of whom has yet to come in', async () => {
  const summary = await seed(database, 'demo');
  expect(summary?.accounts).toContainEqual({
    label: 'customer',
    email: 'buyer@acme.test',
    path: '/store/acme/login',
  });
  const ofBuyer = (columns: string, table: string) =>
    rows(`select ${columns} from ${table} t join customers c on c.company_id = t.company_id and c.id = t.customer_id
      where c.email = 'buyer@acme.test' and c.status = 'ACTIVE' order by t.id`);
  expect(await ofBuyer('t.is_default as main', 'addresses')).toEqual([
    { main: true },
    { main: false },
  ]);
  const people = 't.email, t.role, t.active, t.password_hash is null as pending';
  expect(await ofBuyer(people, 'contacts')).toEqual([
    { email: 'chef@acme.test', role: 'ADMIN', active: true, pending: false },
    { email: 'books@acme.test', role: 'VIEWER', active: true, pending: true },
  ]);
  const logInOf = (email: string) =>
    logInCustomer(storeContext('acme'), argon2Hasher, { email, password: 'distribu-demo' }, 'Test');
  expect(await logInOf('chef@acme.test')).toMatchObject({ ok: true });
  expect(await logInOf('books@acme.test')).toEqual({ ok: false, reason: 'wrong' });
});

it('fills up a large company that has fewer customers than asked for', async () => {
  await seed(database, 'large:30');
  const summary = await seed(database, 'large:50');
  expect(await seed(database, 'large:50')).toEqual(summary);
  expect(summary?.apiKey).toMatch(/^dk_large_/);
  expect((await use(summary)).hasMore).toBe(true);
  expect(
    await rows(
      `select u.customers::int as counted, count(c.id)::int as customers, count(distinct c.created_at)::int as moments
       from companies join plan_usage u on u.company_id = id join customers c on c.company_id = companies.id
       where slug = 'large' group by 1`,
    ),
  ).toEqual([{ counted: 50, customers: 50, moments: 50 }]);
});
