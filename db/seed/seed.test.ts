import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UNITS } from '#src/catalog/schema.ts';
import { listCustomers } from '#src/customers/queries.ts';
import { argon2Hasher } from './argon2-hasher.ts';
import { logIn } from '#src/staff/log-in.ts';
import { logInCustomer } from '#src/storefront/log-in.ts';
import { connect } from '../client.ts';
import { connectOwner } from '../local/connect-owner.ts';
import { type Database, startDatabase } from '../local/database.ts';
import type { SeedSummary } from '../local/ready-message.ts';
import { demoProducts } from './demo-products.ts';
import { seedContext } from './seed-context.ts';
import { seed } from './seed.ts';

/** A database of its own: seeds choose their slugs themselves. */
let database: Database;
let owner: Client;
let stateDir: string;

beforeAll(async () => {
  database = await startDatabase({});
  stateDir = await mkdtemp(join(tmpdir(), 'distribu-'));
  owner = await connectOwner(database.ownerUrl);
});
afterAll(async () => {
  await owner.end();
  await database.close();
  await rm(stateDir, { recursive: true, force: true });
});

const elsewhere = () => ({ ...database, embedded: false });
const here = () => ({ ...database, stateDir });
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
  const summary = await seed(here(), 'demo');
  expect(summary).toMatchObject({ password: 'distribu-demo' });
  expect(summary?.apiKey).toMatch(/^dk_demo_/);
  const demo = () =>
    rows(`select plan, u.customers::int as counted, u.max_customers as max,
        (select count(*)::int from customers where company_id = companies.id) as customers,
        (select count(*)::int from customers where company_id = companies.id and status = 'BLOCKED') as blocked,
        (select count(*)::int from customers where company_id = companies.id and email = 'buyer@acme.test') as buyers,
        (select count(*)::int from audit_entries where company_id = companies.id and entity_type = 'Customer')
          as changes,
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
  expect(await seed(here(), 'demo')).toEqual(summary);
  expect(await demo()).toEqual(made);
  expect((await use(summary)).hasMore).toBe(true);
}, 120_000);

it('gives the demo customer addresses and people, one of whom has yet to come in', async () => {
  const summary = await seed(here(), 'demo');
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

/** Of the demo company, from everything that is its. */
const ofDemo = (query: string) =>
  rows(`with acme as (select id from companies where slug = 'acme') ${query}`);

it('has a webhook with a believable log, which is off: its host is nobody’s', async () => {
  await seed(here(), 'demo');
  expect(
    await ofDemo(`select bool_or(w.active) as active, count(*) > 5 as busy,
        count(*) filter (where d.state = 'pending')::int as pending,
        count(*) filter (where d.state = 'failed') <= 1 as reliable,
        bool_and(d.tries = (select count(*) from webhook_attempts a where a.delivery_id = d.id)) as logged,
        bool_and(not exists (select from webhook_attempts a where a.delivery_id = d.id and a.created_at > now())) as past
      from webhooks w join webhook_deliveries d on d.webhook_id = w.id where w.company_id in (table acme)`),
  ).toEqual([{ active: false, busy: true, pending: 0, reliable: true, logged: true, past: true }]);
});

it('sells from a dozen categories: some is scarce, some gone, some no longer sold', async () => {
  await seed(here(), 'demo');
  expect(
    await ofDemo(`select count(*)::int as products, count(distinct category)::int as categories,
        count(distinct sku)::int as skus, count(distinct image_id)::int as pictures,
        bool_and(description <> '') as described, count(low_stock_threshold) > 5 as watched,
        count(*) filter (where on_hand between 1 and coalesce(low_stock_threshold, 10)) > 10 as low,
        count(*) filter (where on_hand = 0 and active) > 4 as gone,
        count(*) filter (where not active) > 3 as inactive
      from products p join stock_levels s on s.product_id = p.id where p.company_id in (table acme)`),
  ).toEqual([
    {
      products: 120,
      categories: 12,
      skus: 120,
      pictures: 120,
      described: true,
      watched: true,
      low: true,
      gone: true,
      inactive: true,
    },
  ]);
  const units = demoProducts().map(({ unit }) => unit);
  expect(UNITS).toEqual(expect.arrayContaining(units));
  // Three sizes of each.
  const stored = await readdir(join(stateDir, 'v3/r2/distribu-images/blobs'));
  expect(stored).toHaveLength(3 * 120);
});

/** Whatever company it is: orders, lines, stock, ledger and totals say the same. */
async function expectSound(): Promise<void> {
  const wrong = {
    lines: `select o.id from orders o left join order_lines l on l.company_id = o.company_id and l.order_id = o.id
      group by o.company_id, o.id, o.subtotal_cents, o.line_count
      having sum(l.total_cents) is distinct from o.subtotal_cents or count(l.line) <> o.line_count
        or count(distinct l.product_id) <> count(l.line)`,
    totals: `select o.id from orders o join companies c on c.id = o.company_id, order_totals(
        o.subtotal_cents, c.tax_rate_ppm, c.shipping_cents, c.free_shipping_from_cents) t
      where (t.tax, t.shipping, t.total) <> (o.tax_cents, o.shipping_cents, o.total_cents)`,
    ledger: `select s.product_id from stock_levels s left join stock_movements m
        on m.company_id = s.company_id and m.product_id = s.product_id
      group by s.company_id, s.product_id, s.on_hand having coalesce(sum(m.delta), 0) <> s.on_hand`,
    taken: `select o.id from orders o
      left join stock_movements m on m.company_id = o.company_id and m.reference = o.id
      where o.company_id in (table acme)
      group by o.id, o.status
      having (coalesce(sum(m.delta), 0) < 0) <> (o.status <> 'CANCELLED')`,
    customers: `select c.id from customers c
      left join customer_totals t on t.company_id = c.company_id and t.customer_id = c.id
      left join orders o on o.company_id = c.company_id and o.customer_id = c.id
      group by c.id, t.orders, t.cancelled, t.spent_cents
      having count(o.id) <> coalesce(t.orders, 0)
        or count(o.id) filter (where o.status = 'CANCELLED') <> coalesce(t.cancelled, 0)
        or coalesce(sum(o.total_cents) filter (where o.status <> 'CANCELLED'), 0) <> coalesce(t.spent_cents, 0)`,
    numbers: `select from order_numbers n
      where n.last <> (select max(number) from orders o where o.company_id = n.company_id)`,
    past: `select id from orders where created_at > now()
      or created_at < (select created_at from customers c where c.id = customer_id)`,
    timelines: `select o.id from orders o where o.company_id in (table acme) and o.status <> coalesce(
        (select details -> 'status' ->> 'to' from audit_entries a
          where a.company_id = o.company_id and a.entity_id = o.id order by a.created_at desc, a.id desc limit 1),
        'SUBMITTED')`,
  };
  for (const [what, query] of Object.entries(wrong)) {
    expect(await ofDemo(query), what).toEqual([]);
  }
}

it('has three months of orders that add up with their lines, the stock and the totals of customers', async () => {
  await seed(here(), 'demo');
  await expectSound();
  expect(
    await ofDemo(`select count(*) between 350 and 550 as orders, count(distinct source)::int as ways,
        count(*) filter (where created_at > now() - interval '24 hours') > 3 as lately,
        count(*) filter (where status = 'DELIVERED') > 300 as delivered,
        count(*) filter (where status = 'CANCELLED') > 5 as cancelled,
        (select count(distinct customer_id)::int from price_overrides where company_id in (table acme)) as priced,
        (select count(*)::int from outbox where company_id in (table acme)) as mails
      from orders where company_id in (table acme)`),
  ).toEqual([
    { orders: true, ways: 3, lately: true, delivered: true, cancelled: true, priced: 14, mails: 0 },
  ]);
});

it('has news for the staff, of which some is not read yet', async () => {
  await seed(here(), 'demo');
  expect(
    await ofDemo(`select bool_and(news) as news, count(*) between 10 and 80 as some, count(distinct type)::int as kinds,
        count(*) filter (where e.created_at > m.notifications_seen_at) between 1 and 50 as unread,
        bool_and(e.created_at <= now()) as past
      from events e join memberships m on m.company_id = e.company_id and m.role = 'OWNER'
      where e.company_id in (table acme) and e.type <> 'customer.updated'`),
  ).toEqual([{ news: true, some: true, kinds: 4, unread: true, past: true }]);
});

it('shows the demo customer a filled cart, orders and prices of their own', async () => {
  await seed(here(), 'demo');
  const own = `where t.customer_id = (select id from customers where email = 'buyer@acme.test')`;
  expect(
    await rows(`select
        (select count(*)::int from cart_lines t join stock_levels s on s.product_id = t.product_id
          ${own} and contact_id is null and s.on_hand >= t.quantity) as cart,
        (select count(*)::int from price_overrides t ${own}) as prices,
        (select count(*) > 9 from orders t ${own}) as orders,
        (select count(distinct placed_by_id) > 2 from orders t ${own}) as people`),
  ).toEqual([{ cart: 3, prices: 6, orders: true, people: true }]);
});

it('fills up a large company that has fewer customers than asked for', async () => {
  await seed(database, 'large:30');
  const summary = await seed(database, 'large:50');
  expect(await seed(database, 'large:50')).toEqual(summary);
  expect(summary?.apiKey).toMatch(/^dk_large_/);
  expect((await use(summary)).hasMore).toBe(true);
  expect(
    await rows(
      `select u.customers::int as counted, count(c.id)::int as customers, count(distinct c.created_at)::int as moments,
        u.products::int as products,
        (select count(*)::int from stock_levels s where s.company_id = companies.id) as levels,
        (select count(*)::int from orders o where o.company_id = companies.id) as orders,
        (select count(*)::int from price_overrides o where o.company_id = companies.id) as prices
       from companies join plan_usage u on u.company_id = id join customers c on c.company_id = companies.id
       where slug = 'large' group by companies.id, u.customers, u.products`,
    ),
  ).toEqual([
    {
      counted: 50,
      customers: 50,
      moments: 50,
      products: 40,
      levels: 40,
      orders: 500,
      prices: 20,
    },
  ]);
  await expectSound();
});
