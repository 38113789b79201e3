import { beforeAll, expect, inject, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { connectOwner } from '#db/local/connect-owner.ts';
import { exportProducts } from '#src/catalog/export-products.ts';
import { readProducts, upsertProducts } from '#src/catalog/upsert-products.ts';
import { applyImport } from '#src/imports/apply-import.ts';
import { previewStagedImport } from '#src/imports/preview-staged-import.ts';
import { productImport } from '#src/imports/product-import.ts';
import { getImport } from '#src/imports/queries.ts';
import { startImport } from '#src/imports/start-import.ts';
import { undoImport } from '#src/imports/undo-import.ts';
import { as, freshCompany } from '../context.ts';
import { MemoryStore, job, stage } from '../imports.ts';
import { buffers, indexes, plansOf, scanned } from './plans.ts';

const PRODUCTS = 200_000;

let company: CompanyFixture;

beforeAll(async () => {
  company = await freshCompany();
  const client = await connectOwner(inject('ownerUrl'));
  try {
    await client.query(`
      alter table products disable trigger user;
      alter table stock_levels disable trigger user;
      insert into products (id, company_id, sku, name, price_cents, name_key, search_key, created_at)
      select 'prd_' || lpad(n::text, 26, '0'), '${company.id}', lpad(n::text, 9, '0'), 'Product ' || n, n,
        'product ' || n, 'product ' || n || e'\\n' || n || e'\\n\\n', timestamptz '2024-01-01' + n * interval '1 minute'
      from generate_series(1, ${PRODUCTS}) as n;
      insert into stock_levels (company_id, product_id, on_hand)
      select company_id, id, 5 from products where company_id = '${company.id}';
      insert into stock_movements (company_id, product_id, delta, reason)
      select company_id, id, 5, 'edit' from products where company_id = '${company.id}';
      alter table products enable trigger user;
      alter table stock_levels enable trigger user;
      update plan_usage set products = ${PRODUCTS} where company_id = '${company.id}';
      analyze`);
  } finally {
    await client.end();
  }
});

it('an import of products among 200,000 reads no table from end to end', async () => {
  const owner = () => as(company, 'OWNER');
  const store = new MemoryStore();
  // Half of them are known, half have lost their zeros.
  const rows = Array.from({ length: 5_000 }, (_, n) => {
    const sku = String(n * 17 + 1);
    return `${n % 2 ? sku : sku.padStart(9, '0')},Renamed ${n},2.50,${n % 9}`;
  });
  const csv = `sku,name,price,stock\n${rows.join('\n')}\n`;
  const id = await stage(owner(), store, csv, productImport);
  const known = Array.from({ length: 99 }, (_, n) => ({
    sku: String(150_000 + n * 101).padStart(9, '0'),
    category: 'Changed',
    stock: n,
  }));
  const asked: Record<string, () => Promise<unknown>> = {
    'a preview': () => previewStagedImport(owner(), productImport, store, id, {}),
    'starting it': () => startImport(owner(), productImport, id, {}),
    'applying it': () => applyImport(job(company), productImport, store, id),
    'its page': () => getImport(owner(), productImport, id),
    'undoing it': () => undoImport(owner(), productImport, id),
    'a batch over the API': () =>
      upsertProducts(
        owner(),
        readProducts({
          items: [...known, { sku: 'B-1', name: 'B', price: 1, stock: 1 }],
          atomic: true,
        }),
      ),
    'an export page': async () => (await exportProducts(owner(), {}, 500)).next(),
  };
  const figures: Record<string, number> = {};
  for (const [name, work] of Object.entries(asked)) {
    // oxlint-disable-next-line no-await-in-loop -- one step after another
    const plans = await plansOf(work);
    expect(plans.length, name).toBeGreaterThan(0);
    // The other tables are small here, and read as fast from end to end.
    const long = scanned(plans).filter((table) => /^(products|stock_|import_changes)/.test(table));
    expect(long, name).toEqual([]);
    figures[name] = buffers(plans);
    if (name === 'a preview') expect(indexes(plans)).toContain('products_sku_unique');
  }
  console.table(figures);
  // Some pages for each of the 5,000 SKUs, and for each number of zeros before every second of them.
  expect(figures['a preview']).toBeLessThan(200_000);
  const { record } = await getImport(owner(), productImport, id);
  expect(record.undo).toEqual({ removed: 2_500, restored: 2_500, kept: 0 });
});
