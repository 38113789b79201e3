import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Client } from 'pg';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { createProduct } from '#src/catalog/create-product.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
import { productResults, readProducts, upsertProducts } from '#src/catalog/upsert-products.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import {
  customerResults,
  readCustomers,
  upsertCustomers,
} from '#src/customers/upsert-customers.ts';
import { applyImport } from '#src/imports/apply-import.ts';
import { productImport } from '#src/imports/product-import.ts';
import { startImport } from '#src/imports/start-import.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { as, freshCompany } from '../context.ts';
import { MemoryStore, job, stage } from '../imports.ts';
import { productsFor } from '../products.ts';

/** Batches beside everything else that writes the same rows: nobody deadlocks, and the plan's places are never passed. */
let owner: Client;
beforeAll(async () => {
  owner = await connectOwner(inject('ownerUrl'));
});
afterAll(() => owner.end());

const ROUNDS = 15;
const LEAST = { name: 'Widget', price: 1, stock: 1000 };

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

async function batchOfProducts(company: CompanyFixture, items: object[], atomic: boolean) {
  const batch = readProducts({ items, atomic });
  return productResults(batch, await upsertProducts(as(company, 'OWNER'), batch));
}

async function batchOfCustomers(company: CompanyFixture, items: object[], atomic: boolean) {
  const batch = readCustomers({ items, atomic });
  return customerResults(batch, await upsertCustomers(as(company, 'OWNER'), batch));
}

async function counted(company: CompanyFixture, of: 'customers' | 'products') {
  const { rows } = await owner.query(
    `select ${of}::int as counted, (select count(*)::int from ${of} where company_id = $1) as there
     from plan_usage where company_id = $1`,
    [company.id],
  );
  return rows[0];
}

it('writes the same products as other batches, an import, edits and orders', async () => {
  const company = await freshCompany();
  const known = Array.from({ length: 20 }, (_, n) => `K-${n}`);
  const ids = await productsFor(
    company,
    shuffled(known).map((sku) => ({ name: sku, sku, stock: 100_000 })),
  );
  const { id: customerId } = await createCustomer(as(company, 'OWNER'), { email: 'a@b.test' });
  for (let round = 0; round < ROUNDS; round += 1) {
    const fresh = Array.from({ length: 10 }, (_, n) => `N-${round}-${n}`);
    const batch = (atomic: boolean) => {
      const skus = shuffled([...known, ...fresh]);
      const items = skus.map((sku, n) => ({ sku, ...LEAST, stock: 50_000 + n, price: round + n }));
      return batchOfProducts(company, items, atomic);
    };
    const rows = shuffled([...known, ...fresh]).map((sku) => `${sku},Imported,${round},60000`);
    const store = new MemoryStore();
    const file = `sku,name,price,stock\n${rows.join('\n')}`;
    // oxlint-disable-next-line no-await-in-loop -- one round after another
    const upload = await stage(as(company, 'OWNER'), store, file, productImport);
    // oxlint-disable-next-line no-await-in-loop -- one round after another
    await startImport(as(company, 'OWNER'), productImport, upload, {});
    const lines = shuffled(ids).map((productId) => ({ productId, quantity: 1 }));
    const order = { id: newId('order'), customerId, lines };
    // oxlint-disable-next-line no-await-in-loop -- one round after another
    const done = await Promise.allSettled([
      batch(true),
      batch(false),
      batch(true),
      applyImport(job(company), productImport, store, upload),
      placeOrder(as(company, 'OWNER'), order),
      ...shuffled(ids).map((id) => updateProduct(as(company, 'OWNER'), id, { stock: 70_000 }, {})),
      ...fresh.map((sku) => createProduct(as(company, 'OWNER'), { ...LEAST, sku })),
    ]);
    const failures = done.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    // Whoever makes one by itself may find that it is there.
    for (const failure of failures) expect(failure).toMatchObject({ code: 'conflict' });
  }
  const { counted: count, there } = await counted(company, 'products');
  expect([count, there]).toEqual([20 + ROUNDS * 10, 20 + ROUNDS * 10]);
});

it('gives out exactly the places the plan has, of products and of customers', async () => {
  const places = 25;
  const company = await freshCompany({ maxProducts: places, maxCustomers: places });
  const names = Array.from({ length: 40 }, (_, n) => `s${n}`);
  const products = () =>
    batchOfProducts(
      company,
      shuffled(names).map((sku) => ({ sku, ...LEAST })),
      false,
    );
  const customers = () =>
    batchOfCustomers(
      company,
      shuffled(names).map((name) => ({ email: `${name}@places.test` })),
      false,
    );
  const results = await Promise.all([
    ...Array.from({ length: 6 }, products),
    ...Array.from({ length: 6 }, customers),
  ]);
  for (const of of ['products', 'customers'] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one client
    expect(await counted(company, of)).toEqual({ counted: places, there: places });
  }
  for (const half of [results.slice(0, 6), results.slice(6)]) {
    const created = half.flat().filter(({ status }) => status === 'created');
    expect(created).toHaveLength(places);
  }
  for (const result of results.flat()) {
    if (result.status === 'failed') expect(result.failure.code).toBe('plan_limit');
  }
});

it('finds that a contact was quicker, and says whose item that is', async () => {
  const company = await freshCompany();
  const { id } = await createCustomer(as(company, 'OWNER'), { email: 'first@contact.test' });
  await owner.query('begin');
  await owner.query(
    `insert into storefront_accounts (company_id, email, customer_id) values ($1, 'b@contact.test', $2)`,
    [company.id, id],
  );
  const items = ['a', 'b', 'c'].map((name) => ({ email: `${name}@contact.test` }));
  const waiting = batchOfCustomers(company, items, false);
  await untilWaiting();
  await owner.query('commit');
  expect(await waiting).toMatchObject([
    { status: 'created' },
    { status: 'failed', failure: { code: 'conflict' } },
    { status: 'created' },
  ]);
  await expect(batchOfCustomers(company, items, true)).rejects.toMatchObject({
    code: 'conflict',
    message: 'items.1.email: An account with this email already exists.',
  });
});

/** Until somebody waits for a lock in this database. */
async function untilWaiting(): Promise<void> {
  for (;;) {
    // What a transaction has seen of the others' activity would stay as it was.
    // oxlint-disable-next-line no-await-in-loop -- it asks until it is so
    const watcher = await connectOwner(inject('ownerUrl'));
    try {
      // oxlint-disable-next-line no-await-in-loop -- it asks until it is so
      const { rows } = await watcher.query(
        `select count(*)::int as n from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (rows[0].n > 0) return;
    } finally {
      // oxlint-disable-next-line no-await-in-loop -- it asks until it is so
      await watcher.end();
    }
  }
}
