import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { createApiKey, type CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { listApiKeys } from '#src/api-keys/queries.ts';
import { listAuditEntries } from '#src/audit/queries.ts';
import { inviteContact } from '#src/contacts/invite-contact.ts';
import { requestInvite } from '#src/contacts/set-up-password.ts';
import { saveAddress } from '#src/addresses/save-address.ts';
import { getCustomerProfile } from '#src/customers/customer-profile.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { getCustomer, listCustomers } from '#src/customers/queries.ts';
import { updateCustomer } from '#src/customers/update-customer.ts';
import { customerImport } from '#src/imports/customer-import.ts';
import { getImport, listImports } from '#src/imports/queries.ts';
import { startImport } from '#src/imports/start-import.ts';
import { applyImport } from '#src/imports/apply-import.ts';
import { undoImport } from '#src/imports/undo-import.ts';
import { previewStagedImport } from '#src/imports/preview-staged-import.ts';
import { encodeCursor } from '#src/lib/cursor.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { findOverdueMails } from '#src/mail/queries.ts';
import { logIn } from '#src/staff/log-in.ts';
import { listMySessions } from '#src/staff/sessions.ts';
import { getAccountPage } from '#src/storefront/account-page.ts';
import { myCustomer } from '#src/storefront/me.ts';
import { requestCustomerPasswordReset } from '#src/storefront/reset-password.ts';
import { deleteExpiredCustomerSessions } from '#src/storefront/sessions.ts';
import { findStore } from '#src/tenant.ts';
import { as, context, freshCompany } from '../context.ts';
import { job, MemoryStore, stage } from '../imports.ts';
import { at, registered, sessionOf, signedIn, someEmail } from '../storefront.ts';
import { buffers, indexes, LOAD_OTHERS, plansOf, scanned } from './plans.ts';

/** One company of a million customers beside thousands of small ones, as in production. */
const CUSTOMERS = 1_000_000;

let company: CompanyFixture;
const owner = () => as(company, 'OWNER');

beforeAll(async () => {
  company = await freshCompany({ passwordHash: await argon2Hasher.hash('the password') });
  const client = await connectOwner(inject('ownerUrl'));
  try {
    await client.query(LOAD_OTHERS);
    await loadCustomers(client);
    await client.query(LOAD_HISTORY.replaceAll('{company}', company.id));
    await client.query('analyze');
  } finally {
    await client.end();
  }
}, 400_000);

describe('at a million customers', () => {
  it('the list touches as few pages at page 10,000 as at page 1, in every order', async () => {
    const figures: Record<string, number[]> = {};
    for (const sort of ['created', 'name', 'email'] as const) {
      for (const descending of [true, false]) {
        for (const status of [undefined, 'ACTIVE', 'BLOCKED'] as const) {
          const input = { limit: 50, sort, descending, status };
          const first = await plansOf(() => listCustomers(owner(), input));
          const cursor = await cursorAt(500_000, sort);
          const far = await plansOf(() => listCustomers(owner(), { ...input, cursor }));
          const backwards = await plansOf(() =>
            listCustomers(owner(), { ...input, cursor, backwards: true }),
          );
          for (const plans of [first, far, backwards]) expect(scanned(plans)).toEqual([]);
          const name = `${sort} ${descending ? 'down' : 'up'} ${status ?? 'all'}`;
          // The list itself: what checking the viewer costs would hide a difference.
          figures[name] = [first, far, backwards].map((plans) =>
            buffers(plans.filter(({ query }) => query.includes('from "customers"'))),
          );
          expect(Math.max(...figures[name]), name).toBeLessThanOrEqual(
            3 * Math.min(...figures[name]),
          );
        }
      }
    }
    console.table(figures);
  });

  it('a search of three or more characters goes by the index, and stops at a page when much matches', async () => {
    const search = (text: string) =>
      plansOf(() =>
        listCustomers(owner(), { limit: 50, sort: 'created', descending: true, search: text }),
      );
    const rare = await search('buyer777777@');
    expect(indexes(rare)).toContain('customers_by_search');
    const figures: Record<string, number> = { 'buyer777777@': buffers(rare) };
    expect(scanned(rare)).toEqual([]);
    for (const common of ['com', 'exa', 'restaurant', 'b', 'ex']) {
      const plans = await search(common);
      expect(scanned(plans), common).toEqual([]);
      figures[common] = buffers(plans);
      expect(figures[common], common).toBeLessThan(2000);
    }
    for (const sort of ['created', 'name', 'email'] as const) {
      for (const status of [undefined, 'ACTIVE', 'BLOCKED'] as const) {
        const input = { limit: 50, sort, descending: false, status, search: 'buyer777777@' };
        const cursor = await cursorAt(500_000, sort);
        const plans = await plansOf(() => listCustomers(owner(), { ...input, cursor }));
        const name = `buyer777777@ by ${sort}, ${status ?? 'all'}, page 10,000`;
        expect(scanned(plans), name).toEqual([]);
        expect(indexes(plans), name).toContain('customers_by_search');
        figures[name] = buffers(plans);
        expect(figures[name], name).toBeLessThan(6000);
      }
    }
    const nothing = await search('zzqqxx');
    expect(scanned(nothing)).toEqual([]);
    figures['zzqqxx'] = buffers(nothing);
    expect(figures['zzqqxx']).toBeLessThan(2000);
    console.table(figures);
  });

  it('nothing anybody asks reads a table from end to end', async () => {
    const { id } = await createCustomer(owner(), { email: `${newId('customer')}@example.com` });
    const key = `dk_${newId('apiKey')}`;
    const hash = createHash('sha256').update(key).digest('hex');
    const [person] = company.staff;
    if (!person) throw new Error('The company has no staff.');
    await createApiKey(owner().db, {
      companyId: company.id,
      createdBy: person.userId,
      hash,
      prefix: 'dk_',
      name: 'Test',
      scopes: ['customers:read'],
    });
    const store = new MemoryStore();
    const rows = Array.from(
      { length: 200 },
      (_, n) => `buyer${n * 4000}@example.com,Renamed ${n}`,
    ).join('\n');
    const upload = await stage(owner(), store, `email,name\n${rows}\n`);
    const page = { limit: 50 };
    const list = { limit: 50, sort: 'created', descending: true } as const;
    const day = '2026-01-01';
    const asked: Record<string, () => Promise<unknown>> = {
      'one customer': () => getCustomer(owner(), id),
      'a new customer': () =>
        createCustomer(owner(), { email: `${newId('customer')}@example.com` }),
      'a change': () => updateCustomer(owner(), id, { notes: 'changed' }, null),
      'the API list': () => listCustomers(context({ kind: 'api_key', hash }), list),
      'an export page': () => listCustomers(owner(), { ...list, limit: 5000 }),
      'API keys': () => listApiKeys(owner()),
      imports: () => listImports(owner(), customerImport),
      'an import': () => getImport(owner(), customerImport, upload),
      'a preview': () => previewStagedImport(owner(), customerImport, store, upload, {}),
      'starting an import': () => startImport(owner(), customerImport, upload, {}),
      'applying an import': () => applyImport(job(company), customerImport, store, upload),
      'undoing an import': () => undoImport(owner(), customerImport, upload),
      'own sessions': () => listMySessions(owner()),
      'a log-in': () =>
        logIn(
          context({ kind: 'nobody' }),
          argon2Hasher,
          { email: person.email, password: 'the password' },
          '',
        ),
      'overdue mails': () => findOverdueMails(context({ kind: 'nobody' })),
      'the audit log': () => listAuditEntries(owner(), {}, page),
      'the audit log by actor': () => listAuditEntries(owner(), { actorType: 'USER' }, page),
      'the audit log by action': () =>
        listAuditEntries(owner(), { action: 'CustomerUpdated' }, page),
      'the audit log by entity': () => listAuditEntries(owner(), { entityType: 'Customer' }, page),
      'the audit log of one': () => listAuditEntries(owner(), { entity: id }, page),
      'the audit log of a day': () => listAuditEntries(owner(), { from: day, to: day }, page),
    };
    Object.assign(asked, await askedAtTheStore(id));
    const figures: Record<string, number> = {};
    for (const [name, work] of Object.entries(asked)) {
      const plans = await plansOf(work);
      expect(plans.length, name).toBeGreaterThan(0);
      expect(scanned(plans), name).toEqual([]);
      figures[name] = buffers(plans);
      // Writing 200 rows into every index is work, and so is looking 200 emails up, as customers and as contacts; nothing
      // may grow with the table.
      const most = name === 'a preview' ? 4000 : 2000;
      if (!/applying|undoing/.test(name)) expect(figures[name], name).toBeLessThan(most);
    }
    console.table(figures);
  });
});

/** What a customer's people ask, and what the staff asks about them. */
async function askedAtTheStore(
  customer: Id<'customer'>,
): Promise<Record<string, () => Promise<unknown>>> {
  const { email, session } = await registered(company);
  await inviteContact(owner(), customer, { email: someEmail(), role: 'BUYER' });
  const address = { label: 'Kitchen', line1: 'Main St 1', city: 'Springfield', isDefault: 'on' };
  const me = () => signedIn(company, session);
  return {
    'a store': () => findStore(at(company)),
    'a registration': () => registered(company),
    "a customer's log-in": () => sessionOf(company, email),
    "a customer's forgotten password": () => requestCustomerPasswordReset(at(company), { email }),
    "a customer's account": () => getAccountPage(me()),
    'a new address': () => saveAddress(me(), null, address),
    'an invitation': () => inviteContact(me(), myCustomer, { email: someEmail(), role: 'BUYER' }),
    'a lost invitation': () => requestInvite(at(company), { email }),
    "a customer's profile": () => getCustomerProfile(owner(), customer),
    'expired sessions of customers': () =>
      deleteExpiredCustomerSessions(context({ kind: 'nobody' })),
  };
}

/** The cursor of the row that `offset` others come before. */
async function cursorAt(offset: number, sort: 'created' | 'name' | 'email'): Promise<string> {
  const column = { created: 'created_at', name: 'name_key', email: 'email' }[sort];
  const client = await connectOwner(inject('ownerUrl'));
  try {
    const { rows } = await client.query<{ key: string | Date; id: string }>(
      `select ${column} as key, id from customers where company_id = $1 order by ${column}, id offset $2 limit 1`,
      [company.id, offset],
    );
    const { key = '', id = '' } = rows[0] ?? {};
    return encodeCursor({ sort, key: key instanceof Date ? key.toISOString() : key, id });
  } finally {
    await client.end();
  }
}

/** Rows as the app would write them; indexes are made afterwards and triggers left out, as a restore would. */
async function loadCustomers(client: Awaited<ReturnType<typeof connectOwner>>): Promise<void> {
  const { rows: made } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where tablename = 'customers' and indexname like 'customers_by_%'`,
  );
  for (const { name } of made) await client.query(`drop index ${name}`);
  await client.query(`
    alter table customers disable trigger user;
    insert into customers (id, company_id, email, name, status, notes, credit_limit_cents, name_key, search_key, created_at)
    select 'cus_' || lpad(n::text, 26, '0'), '${company.id}', 'buyer' || n || '@example.com', 'Restaurant ' || n % 5000,
      case when n % 20 = 0 then 'BLOCKED' else 'ACTIVE' end, case when n % 4 = 0 then 'Dock ' || n % 9 end, n % 500 * 1000,
      'restaurant ' || n % 5000, 'buyer' || n || '@example.com' || chr(10) || 'restaurant ' || n % 5000,
      timestamptz '2021-01-01' + n * interval '2 minutes'
    from generate_series(1, ${CUSTOMERS}) as n;
    alter table customers enable trigger user;
    insert into storefront_accounts (company_id, email, customer_id)
    select company_id, email, id from customers where company_id = '${company.id}';
    update plan_usage set customers = ${CUSTOMERS} where company_id = '${company.id}';
    set maintenance_work_mem = '1GB'`);
  for (const { definition } of made) await client.query(definition);
}

/** A long history of the large company. */
const LOAD_HISTORY = `
  insert into audit_entries (company_id, created_at, actor_type, actor_id, action, entity_type, entity_id, details)
    select '{company}', timestamptz '2024-01-01' + n * interval '5 minutes',
      case when n % 50 = 0 then 'SYSTEM' when n % 7 = 0 then 'API_KEY' else 'USER' end, 'usr_other1',
      case when n % 100 = 0 then 'ApiKeyCreated' else 'CustomerUpdated' end,
      case when n % 100 = 0 then 'ApiKey' else 'Customer' end, 'cus_' || lpad((n % 20000)::text, 26, '0'), '{}'
    from generate_series(1, 200000) as n;
  insert into contacts (company_id, id, customer_id, email, role)
    select '{company}', 'con_' || lpad(n::text, 26, '0'), 'cus_' || lpad((n % 50000 + 1)::text, 26, '0'),
      'contact' || n || '@example.com', 'BUYER' from generate_series(1, 100000) as n;
  insert into addresses (company_id, id, customer_id, label, line1, city)
    select '{company}', 'adr_' || lpad(n::text, 26, '0'), 'cus_' || lpad((n % 50000 + 1)::text, 26, '0'), 'x', 'x', 'x'
    from generate_series(1, 100000) as n;
  insert into customer_sessions (id, company_id, customer_id, user_agent, expires_at)
    select 'ses_customer' || n, '{company}', 'cus_' || lpad((n % 50000 + 1)::text, 26, '0'), '', now() + interval '1 day'
    from generate_series(1, 100000) as n;
  insert into import_changes (company_id, import_id, entity_id, version)
    select 'com_other' || n % 5000 + 1, 'imp_other' || n % 5000 + 1, 'cus_' || n, 1 from generate_series(1, 50000) as n;
  set session_replication_role = replica;
  insert into products (company_id, id, name, price_cents, name_key, search_key)
    select '{company}', 'prd_' || lpad(n::text, 26, '0'), 'Product', 100, 'product', 'product' from generate_series(1, 1000) as n;
  insert into price_overrides (company_id, customer_id, product_id, price_cents)
    select '{company}', 'cus_' || lpad(n::text, 26, '0'), 'prd_' || lpad((n % 1000 + 1)::text, 26, '0'), 90
    from generate_series(1, 50000) as n;
  insert into orders (company_id, id, number, source, customer_id, currency, subtotal_cents, tax_rate_ppm, tax_cents,
      shipping_cents, total_cents, line_count, search_key)
    select '{company}', 'ord_' || lpad(n::text, 26, '0'), n, 'API', 'cus_' || lpad(n::text, 26, '0'), 'USD', 100, 0, 0, 0, 100, 1, ''
    from generate_series(1, 50000) as n;
  insert into customer_totals (company_id, customer_id, currency, orders, spent_cents, last_order_at)
    select company_id, customer_id, currency, 1, total_cents, created_at from orders where company_id = '{company}';
  insert into cart_lines (company_id, customer_id, product_id, quantity)
    select '{company}', 'cus_' || lpad(n::text, 26, '0'), 'prd_' || lpad((n % 1000 + 1)::text, 26, '0'), 1
    from generate_series(1, 50000) as n;
  set session_replication_role = origin;`;
