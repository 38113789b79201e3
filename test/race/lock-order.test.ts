import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { bulkUpdateProducts } from '#src/catalog/bulk-update-products.ts';
import { deleteProduct } from '#src/catalog/delete-product.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
import { applyImport } from '#src/imports/apply-import.ts';
import { productImport } from '#src/imports/product-import.ts';
import { startImport } from '#src/imports/start-import.ts';
import { as, freshCompany } from '../context.ts';
import { MemoryStore, job, stage } from '../imports.ts';
import { productsFor } from '../products.ts';
import { untilWaiting } from './waiting.ts';

/** What staff do while an import stands in the middle of its locks: one waits for the other, never both. */
let holder: Client;
let watcher: Client;
let company: CompanyFixture;
let products: Id<'product'>[];

beforeAll(async () => {
  [holder, watcher] = await Promise.all([
    connectOwner(inject('ownerUrl')),
    connectOwner(inject('ownerUrl')),
  ]);
});
afterAll(() => Promise.all([holder.end(), watcher.end()]));
beforeEach(async () => {
  company = await freshCompany();
  // The later a product was made, the earlier its SKU.
  products = await productsFor(company, [
    { name: 'First', sku: 'C' },
    { name: 'Second', sku: 'B' },
    { name: 'Third', sku: 'A' },
  ]);
});

const staff = () => as(company, 'OWNER');

async function startedImport(): Promise<() => Promise<void>> {
  const store = new MemoryStore();
  const file = 'sku,name,price,stock\nA,New A,1.50,5\nB,New B,1.50,5\nC,New C,1.50,5';
  const id = await stage(staff(), store, file, productImport);
  await startImport(staff(), productImport, id, {});
  return () => applyImport(job(company), productImport, store, id);
}

/** Both at once, the import held at the row that `held` locks until both of them wait. */
async function amidImport(held: string, product: number, work: () => Promise<unknown>) {
  const apply = await startedImport();
  await holder.query('begin');
  await holder.query(held, [company.id, products[product]]);
  const importing = apply();
  await untilWaiting(watcher, 1);
  const working = work();
  await untilWaiting(watcher, 2);
  await holder.query('commit');
  return Promise.allSettled([importing, working]);
}

const STOCK = 'select from stock_levels where company_id = $1 and product_id = $2 for update';
const PRODUCT = 'select from products where company_id = $1 and id = $2 for no key update';
const done = { status: 'fulfilled' };

it('edits stock', async () => {
  const [, second = 'prd_'] = products;
  const edit = () => updateProduct(staff(), second, { stock: 7 }, {});
  expect(await amidImport(STOCK, 0, edit)).toMatchObject([done, done]);
});

it('deletes a product', async () => {
  const [, second = 'prd_'] = products;
  expect(await amidImport(STOCK, 0, () => deleteProduct(staff(), second))).toMatchObject([
    done,
    done,
  ]);
});

it('changes many products', async () => {
  const [first = 'prd_', , third = 'prd_'] = products;
  const change = () => bulkUpdateProducts(staff(), [first, third], { category: 'Moved' });
  expect(await amidImport(PRODUCT, 1, change)).toMatchObject([done, done]);
});
