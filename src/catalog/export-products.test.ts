import { expect, it } from 'vitest';
import { as, freshCompany } from '../../test/context.ts';
import { MemoryStore, stage } from '../../test/imports.ts';
import type { Ctx } from '../context.ts';
import { previewStagedImport } from '../imports/preview-staged-import.ts';
import { productImport } from '../imports/product-import.ts';
import { createProduct } from './create-product.ts';
import { exportProducts } from './export-products.ts';
import { type ProductFilter, productFilter } from './product-list.ts';

const HEADER = '\uFEFFsku,name,description,category,unit,price,stock,isActive\r\n';

async function exported(ctx: Ctx, filter: ProductFilter = {}, pageSize = 2): Promise<string> {
  let csv = '';
  for await (const piece of await exportProducts(ctx, filter, pageSize)) csv += piece;
  return csv;
}

it('writes every product, page by page, and an import finds all of them unchanged', async () => {
  const ctx = as(await freshCompany(), 'MEMBER');
  expect(await exported(ctx)).toBe(HEADER);
  const flour = { name: 'Flour', sku: '=1+1', price: 12.5, stock: 3, unit: 'kg' };
  await createProduct(ctx, { ...flour, category: 'Dry, "good"', description: '-1\nline' });
  await createProduct(ctx, { name: 'Salt', sku: '1.2E+11', price: 0, stock: 0, isActive: false });
  await createProduct(ctx, { name: '@home', sku: '00123', price: 1_000_000, stock: 1_000_000_000 });
  const csv = await exported(ctx);
  expect(csv).toBe(
    `${HEADER}'=1+1,Flour,"'-1\nline","Dry, ""good""",kg,12.50,3,true\r\n` +
      '1.2E+11,Salt,,,each,0,0,false\r\n' +
      "00123,'@home,,,each,1000000,1000000000,true\r\n",
  );
  const store = new MemoryStore();
  const id = await stage(ctx, store, csv, productImport);
  const staged = await previewStagedImport(ctx, productImport, store, id, {});
  expect(staged).toMatchObject({
    preview: { creates: 0, updates: 0, unchanged: 3, issues: [], warnings: [] },
  });
});

it('leaves out no product that has no SKU, and an import asks for it', async () => {
  const ctx = as(await freshCompany(), 'MEMBER');
  await createProduct(ctx, { name: 'Loose', price: 1, stock: 1 });
  const csv = await exported(ctx);
  expect(csv).toBe(`${HEADER},Loose,,,each,1,1,true\r\n`);
  const store = new MemoryStore();
  const id = await stage(ctx, store, csv, productImport);
  expect(await previewStagedImport(ctx, productImport, store, id, {})).toMatchObject({
    preview: { issues: [{ row: 2, message: 'SKU is required.' }] },
  });
});

it('writes what the list shows filtered', async () => {
  const ctx = as(await freshCompany(), 'MEMBER');
  await createProduct(ctx, { name: 'A', sku: 'A', price: 1, stock: 100, category: 'X' });
  await createProduct(ctx, { name: 'B', sku: 'B', price: 1, stock: 1, category: 'Y' });
  await createProduct(ctx, { name: 'C', sku: 'C', price: 1, stock: 100, isActive: false });
  const skus = async (filter: ProductFilter) =>
    (await exported(ctx, filter))
      .slice(HEADER.length)
      .split('\r\n')
      .map((line) => line[0]);
  expect(await skus({})).toEqual(['A', 'B', 'C', undefined]);
  expect(await skus({ category: 'X' })).toEqual(['A', undefined]);
  expect(await skus({ low: true })).toEqual(['B', undefined]);
  expect(await skus({ active: false })).toEqual(['C', undefined]);
  expect(await skus({ search: 'b' })).toEqual(['B', undefined]);
  expect(await skus(productFilter({ q: '\0' }))).toEqual([undefined]);
});
