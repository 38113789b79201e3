import type { NeonQueryFunction } from '@neondatabase/serverless';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connect } from './client.ts';
import { type CompanyFixture, createApiKey, createCompany } from './factories.ts';
import { newId } from './ids.ts';
import { connectOwner } from './local/connect-owner.ts';

/** What Postgres itself holds, whatever the code above it forgets. Every table is found in the catalog, not listed. */
let owner: Client;
let company: CompanyFixture;
let other: CompanyFixture;
/** Every table with rows of a company, and the column that says whose. */
let tables: { name: string; column: string }[];

beforeAll(async () => {
  owner = await connectOwner(inject('ownerUrl'));
  const found = await owner.query<{ name: string; column: string }>(
    `select table_name as name, column_name as "column" from information_schema.columns
     where table_schema = 'public' and (column_name = 'company_id' or (table_name, column_name) = ('companies', 'id'))
     order by 1`,
  );
  tables = found.rows;
  company = await populated();
  other = await populated();
});
afterAll(() => owner.end());

/** A company with a row in every table. */
async function populated(): Promise<CompanyFixture> {
  const db = connect(inject('databaseUrl'), 'isolation');
  const made = await createCompany(db);
  const userId = made.staff[0]?.userId ?? newId('user');
  await createApiKey(db, {
    companyId: made.id,
    createdBy: userId,
    hash: newId('apiKey'),
    prefix: 'dk_',
    name: 'Test',
    scopes: [],
  });
  const upload = newId('import');
  const [customer, contact] = [newId('customer'), newId('contact')];
  const [product, order] = [newId('product'), newId('order')];
  const [webhook, event, delivery] = [newId('webhook'), newId('event'), newId('delivery')];
  await owner.query(`
    insert into former_slugs (slug, company_id) values ('was-${made.slug}', '${made.id}');
    insert into customers (id, company_id, email, name_key, search_key)
      values ('${customer}', '${made.id}', 'a@b.test', 'a@b.test', 'a@b.test');
    insert into contacts (company_id, id, customer_id, email, role)
      values ('${made.id}', '${contact}', '${customer}', 'c@b.test', 'BUYER');
    insert into addresses (company_id, id, customer_id, label, line1, city)
      values ('${made.id}', '${newId('address')}', '${customer}', 'Kitchen', 'Main St 1', 'Springfield');
    insert into customer_sessions (company_id, id, customer_id, contact_id, user_agent, expires_at)
      values ('${made.id}', '${newId('session')}', '${customer}', '${contact}', '', now() + interval '1 day');
    insert into imports (id, company_id, kind, file_name, started_by, started_by_name)
      values ('${upload}', '${made.id}', 'customers', 'a.csv', '${userId}', '');
    insert into import_changes (company_id, import_id, entity_id, version)
      values ('${made.id}', '${upload}', '${customer}', 1);
    insert into products (company_id, id, name, price_cents, name_key, search_key)
      values ('${made.id}', '${product}', 'Flour', 1250, 'flour', 'flour');
    insert into stock_levels (company_id, product_id, on_hand) values ('${made.id}', '${product}', 10);
    insert into price_overrides (company_id, customer_id, product_id, price_cents)
      values ('${made.id}', '${customer}', '${product}', 1000);
    insert into cart_lines (company_id, customer_id, product_id, quantity)
      values ('${made.id}', '${customer}', '${product}', 1);
    insert into order_drafts (company_id, user_id, order_id, content)
      values ('${made.id}', '${userId}', '${newId('order')}', '{}');
    insert into order_numbers (company_id, last) values ('${made.id}', 1001);
    insert into orders (company_id, id, number, source, customer_id, currency, subtotal_cents, tax_rate_ppm, tax_cents,
        shipping_cents, total_cents, line_count, search_key)
      values ('${made.id}', '${order}', 1001, 'API', '${customer}', 'USD', 1250, 0, 0, 0, 1250, 1, '#1001');
    insert into order_lines (company_id, order_id, line, product_id, name, unit, quantity, unit_price_cents, total_cents)
      values ('${made.id}', '${order}', 1, '${product}', 'Flour', 'each', 1, 1250, 1250);
    insert into webhooks (company_id, id, url, events, secret)
      values ('${made.id}', '${webhook}', 'https://erp.test/hook', '{order.created}', 'whsec_');
    insert into events (company_id, id, type, entity_id, snapshot, actor_type, transaction)
      values ('${made.id}', '${event}', 'order.created', '${order}', '{}', 'SYSTEM', 1);
    insert into webhook_deliveries (company_id, id, webhook_id, event_id, state)
      values ('${made.id}', '${delivery}', '${webhook}', '${event}', 'delivered');
    insert into webhook_attempts (company_id, delivery_id, status_code, duration_ms)
      values ('${made.id}', '${delivery}', 200, 5);
    insert into webhook_replays (company_id, webhook_id, last_at, last_event, range_end)
      values ('${made.id}', '${webhook}', now(), '${event}', now());
    insert into idempotency_keys (company_id, route, key, fingerprint, answer)
      values ('${made.id}', 'POST /api/v1/customers', 'once', '', '{}');
    insert into outbox (id, company_id, recipient, template, data, state)
      values ('${newId('message')}', '${made.id}', 'a@b.test', 'reset_password', '{}', 'sent')`);
  return made;
}

/** One statement in a transaction of the app's: its rows, or the SQLSTATE it was refused with. */
async function attempt(enter: string, statement: string): Promise<unknown> {
  const sql = connect(inject('databaseUrl'), 'isolation').$client as NeonQueryFunction<
    false,
    false
  >;
  try {
    const results = await sql.transaction([sql.query(enter), sql.query(statement)]);
    return results[1];
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

const AS_APP = 'select 1';
const AS_TENANT = `select set_config('role', 'distribu_tenant', true)`;
const DENIED = '42501';
const entered = () => `select enter_company('${company.id}', 'SYSTEM', null, 'Test', 'bulk')`;
const rowsSeen = (table: string) => `select count(*)::int as seen from ${table}`;

describe('the catalog', () => {
  it('has no table without forced row-level security', async () => {
    expect(tables.length).toBeGreaterThanOrEqual(11);
    const { rows } = await owner.query(
      `select relname from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'm', 'f', 'v')
         and not (relkind in ('r', 'p') and relrowsecurity and relforcerowsecurity)`,
    );
    expect(rows).toEqual([]);
  });

  it('lets a company see what is its own by one policy a table, and nobody else anything', async () => {
    const { rows } = await owner.query<{
      table: string;
      name: string;
      roles: string;
      rule: string;
    }>(
      `select tablename as "table", policyname as name, array_to_string(roles, ',') as roles, qual as rule
       from pg_policies where schemaname = 'public' order by 1`,
    );
    for (const { name, roles } of rows) expect(`distribu_${name}`).toBe(roles);
    const tenant = rows.filter(({ name }) => name === 'tenant');
    for (const { name, column } of tables) {
      const rule = tenant.find(({ table }) => table === name)?.rule;
      // People reach their own browsers, whichever company those look at.
      const own = `app.actor_id`;
      expect(rule, name).toContain(name === 'staff_sessions' ? own : `(${column} = `);
      if (name !== 'staff_sessions') expect(rule, name).toContain('entered_company');
    }
  });

  it('has roles that see through nothing and own no table', async () => {
    const { rows } = await owner.query(
      `select rolname, rolcanlogin, rolinherit from pg_roles
       where rolname like 'distribu\\_%' and not rolsuper and not rolbypassrls and not rolcreaterole
         and not exists (select from pg_class where relowner = pg_roles.oid)
       order by 1`,
    );
    expect(rows).toEqual([
      { rolname: 'distribu_app', rolcanlogin: true, rolinherit: false },
      { rolname: 'distribu_system', rolcanlogin: false, rolinherit: false },
      { rolname: 'distribu_tenant', rolcanlogin: false, rolinherit: false },
    ]);
  });

  it('has functions that look past row-level security for our roles only, each with its search path pinned', async () => {
    const { rows } = await owner.query<{ name: string; sound: boolean }>(
      `select oid::regprocedure::text as name,
         -- To analyze a table is its owner's right; the function is asked nothing.
         case proname
           when 'analyze_filled' then proowner = (select relowner from pg_class where oid = 'products'::regclass) and pronargs = 0
           else proowner = 'distribu_system'::regrole
         end
           and proconfig @> array['search_path=public, pg_temp']
           and not exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0) as sound
       from pg_proc where pronamespace = 'public'::regnamespace and prosecdef`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ sound }) => !sound)).toEqual([]);
  });
});

describe('every table', () => {
  it('has rows, and gives none of them to a transaction that entered no company', async () => {
    for (const { name } of tables) {
      const { rows } = await owner.query<{ seen: number }>(rowsSeen(name));
      expect(rows[0]?.seen, name).toBeGreaterThanOrEqual(2);
      expect([[{ seen: 0 }], DENIED], name).toContainEqual(
        await attempt(AS_TENANT, rowsSeen(name)),
      );
    }
    expect(await attempt(AS_TENANT, rowsSeen('customers'))).toEqual([{ seen: 0 }]);
    expect(await attempt(AS_TENANT, rowsSeen('users'))).toEqual([{ seen: 0 }]);
    const search = `search_customers('a@b', null, 'created', true, null, null, 50)`;
    expect(await attempt(AS_TENANT, rowsSeen(search))).toEqual([{ seen: 0 }]);
  });

  it('is closed to the role that logs in', async () => {
    for (const name of [...tables.map((table) => table.name), 'users']) {
      expect(await attempt(AS_APP, rowsSeen(name)), name).toBe(DENIED);
    }
  });

  it('shows and gives a company its own rows only', async () => {
    for (const { name, column } of tables) {
      const foreign = `select count(*)::int as seen from ${name} where ${column} <> '${company.id}'`;
      expect([[{ seen: 0 }], DENIED], name).toContainEqual(await attempt(entered(), foreign));
      // Nothing moves into another company, and nothing of another company moves.
      const move = `update ${name} set ${column} = '${other.id}'`;
      const moved = await attempt(entered(), move);
      if (name !== 'staff_sessions') expect(moved, name).toBe(DENIED);
      const { rows } = await owner.query(
        `select ${column} from ${name} where ${column} = '${other.id}'`,
      );
      expect(rows, name).not.toHaveLength(0);
    }
    expect(await attempt(entered(), rowsSeen('customers'))).toEqual([{ seen: 1 }]);
    expect(await attempt(entered(), rowsSeen('users'))).toEqual([{ seen: 3 }]);
  });
});

it.each([
  ['history is not rewritten', `update audit_entries set action = 'x'`],
  ['history is not removed', 'delete from audit_entries'],
  ['mails with secret links are not read', 'select from outbox'],
  [
    'companies are not founded from inside another',
    `insert into companies (id, name, slug) values ('x', 'x', 'x')`,
  ],
  ['companies are not removed', 'delete from companies'],
  ['people are not removed', 'delete from users'],
])('%s', async (_, statement) => {
  expect(await attempt(entered(), statement)).toBe(DENIED);
});
