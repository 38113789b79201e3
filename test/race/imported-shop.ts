import { createHash, randomBytes } from 'node:crypto';
import { connect } from '#db/client.ts';
import { createApiKey, createCompany } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import type { Ctx, Entry } from '#src/context.ts';
import { applyImport } from '#src/imports/apply-import.ts';
import { customerImport } from '#src/imports/customer-import.ts';
import type { ImportDescription } from '#src/imports/import-description.ts';
import { productImport } from '#src/imports/product-import.ts';
import { startImport } from '#src/imports/start-import.ts';
import { SCOPES } from '#src/permissions.ts';
import { register } from '#src/storefront/register.ts';
import { context } from '../context.ts';
import { MemoryStore, stage } from '../imports.ts';

const BUYER = 'buyer@imported.test';

/** A company on a database of its own that is filled by imports. */
export interface ImportedShop {
  by(who: 'owner' | 'buyer' | 'api'): Ctx;
  /**
   * Imports products in three files and customers in one; orders and prices of their own are written as a restore would.
   * @param from, until  the numbers of the products
   */
  fill(from: number, until: number): Promise<void>;
  /** One of each, once it is filled. */
  product: Id<'product'>;
  customer: Id<'customer'>;
  import: Id<'import'>;
}

/** @param database how the app and its owner reach it */
export async function importedShop(database: {
  appUrl: string;
  ownerUrl: string;
}): Promise<ImportedShop> {
  const db = connect(database.appUrl, 'test');
  const company = await createCompany(db);
  const ctx = (entry: Entry) => context(entry, { db });
  const { id: companyId, slug } = company;
  const [person] = company.staff;
  if (!person) throw new Error('The company has no staff.');
  const typed = { name: 'Buyer', email: BUYER, password: 'correct horse' };
  const sessionId = await register(ctx({ kind: 'store', slug }), argon2Hasher, typed, {
    network: '198.51.100.1',
    userAgent: 'Firefox',
  });
  const hash = createHash('sha256').update(randomBytes(32)).digest('hex');
  const createdBy = person.userId;
  const key = { companyId, createdBy, hash, prefix: 'dk_', name: 'Test', scopes: [...SCOPES] };
  await createApiKey(db, key);
  const entries = {
    owner: { kind: 'staff', sessionId: person.sessionId, companyId },
    buyer: { kind: 'customer', sessionId, slug },
    api: { kind: 'api_key', hash },
  } as const;

  async function run<Values extends object>(kind: ImportDescription<Values>, csv: string) {
    const store = new MemoryStore();
    const id = await stage(ctx(entries.owner), store, csv, kind);
    await startImport(ctx(entries.owner), kind, id, {});
    await applyImport(ctx({ kind: 'job', companyId, actor: 'Import' }), kind, store, id);
    return id;
  }

  const shop: ImportedShop = {
    by: (who) => ctx(entries[who]),
    product: 'prd_',
    customer: 'cus_',
    import: 'imp_',
    async fill(from, until) {
      const size = Math.ceil((until - from) / 3);
      await run(productImport, productsCsv(from, from + size));
      await run(productImport, productsCsv(from + size, from + 2 * size));
      shop.import = await run(productImport, productsCsv(from + 2 * size, until));
      await run(customerImport, customersCsv(from, until));
      Object.assign(shop, await writeHistory(database.ownerUrl, companyId));
    },
  };
  return shop;
}

/** A third of them have no stock, as of a file without that column. */
function productsCsv(from: number, until: number): string {
  const rows = numbers(from, until).map((n) => {
    const stock = n % 3 === 0 ? 0 : 20 + ((n * 7) % 400);
    return `SKU-${n},Product ${n} of kind ${n % 40},Category ${n % 30},${(n % 900) + 1}.50,${stock},${n % 20 ? 'yes' : 'no'}`;
  });
  return `sku,name,category,price,stock,active\n${rows.join('\n')}\n`;
}

/** A third as many as products. */
function customersCsv(from: number, until: number): string {
  const rows = numbers(from, until).filter((n) => n % 3 === 1);
  return `email,name\n${rows.map((n) => `buyer${n}@imported.test,Restaurant ${n}`).join('\n')}\n`;
}

const numbers = (from: number, until: number) =>
  Array.from({ length: until - from }, (_, index) => from + index);

async function writeHistory(ownerUrl: string, companyId: Id<'company'>) {
  const client = await connectOwner(ownerUrl);
  try {
    await client.query(HISTORY.replaceAll('{company}', companyId).replaceAll('{buyer}', BUYER));
    const { rows } = await client.query<{ product: Id<'product'>; customer: Id<'customer'> }>(
      `select (select min(id) from products where company_id = $1) as product,
         (select id from customers where company_id = $1 and email = $2) as customer`,
      [companyId, BUYER],
    );
    return rows[0];
  } finally {
    await client.end();
  }
}

const HISTORY = `
  set session_replication_role = replica;
  insert into orders (company_id, id, number, status, source, customer_id, customer_name, customer_email, currency,
      subtotal_cents, tax_rate_ppm, tax_cents, shipping_cents, total_cents, line_count, search_key, created_at)
    select company_id, 'ord_' || right(id, 26), n,
      (array['DELIVERED', 'DELIVERED', 'SHIPPED', 'SUBMITTED', 'CANCELLED'])[n % 5 + 1], 'STOREFRONT', id, name, email,
      'USD', n * 37, 0, 0, 0, n * 37, 1, '#' || n || ' ' || lower(name) || ' ' || email, now() - n * interval '1 hour'
    from (select *, row_number() over (order by id) as n from customers where company_id = '{company}') as c
    on conflict do nothing;
  insert into order_lines (company_id, order_id, line, product_id, name, unit, quantity, unit_price_cents, total_cents)
    select company_id, id, 1, (select min(id) from products where company_id = '{company}'), 'Product', 'each', 1, 100, 100
    from orders where company_id = '{company}'
    on conflict do nothing;
  insert into customer_totals (company_id, customer_id, currency, orders, spent_cents, last_order_at)
    select company_id, customer_id, currency, count(*), sum(total_cents), max(created_at)
    from orders where company_id = '{company}' group by 1, 2, 3
    on conflict do nothing;
  insert into audit_entries (company_id, created_at, actor_type, action, entity_type, entity_id, details)
    select company_id, created_at, 'USER', 'OrderStatusChanged', 'Order', id, '{}' from orders where company_id = '{company}';
  insert into events (company_id, id, type, entity_id, snapshot, actor_type, transaction, created_at)
    select company_id, 'evt_' || right(id, 26), 'order.created', id, '{}', 'CUSTOMER', number, created_at
    from orders where company_id = '{company}'
    on conflict do nothing;
  insert into price_overrides (company_id, customer_id, product_id, price_cents)
    select c.company_id, c.id, p.id, 77
    from customers c
    cross join lateral (select id from products p where p.company_id = c.company_id order by id limit 200) p
    where c.company_id = '{company}' and c.email = '{buyer}'
    on conflict do nothing;
  set session_replication_role = origin;`;
