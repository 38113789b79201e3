import { describe, expect, it } from 'vitest';
import { as, freshCompany } from '../../test/context.ts';
import {
  MemoryStore,
  auditOf,
  job,
  movementsOf,
  productsOf,
  runImport,
  stage,
} from '../../test/imports.ts';
import { createProduct } from '../catalog/create-product.ts';
import { updateProduct } from '../catalog/update-product.ts';
import { applyImport } from './apply-import.ts';
import { customerImport } from './customer-import.ts';
import { previewStagedImport } from './preview-staged-import.ts';
import { productImport } from './product-import.ts';
import { getImport, listImports } from './queries.ts';
import { startImport } from './start-import.ts';
import { undoImport } from './undo-import.ts';

const HEADER = 'sku,name,price,stock';

describe('preview', () => {
  it('compares with the catalogue and warns of zeros that were lost', async () => {
    const company = await freshCompany({ maxProducts: 4 });
    const ctx = as(company, 'MEMBER');
    await createProduct(ctx, { name: 'A', sku: '00123', price: 1, stock: 5 });
    await createProduct(ctx, { name: 'B', sku: '0456', price: 1, stock: 5 });
    await createProduct(ctx, { name: 'C', sku: '456', price: 1, stock: 5 });
    const store = new MemoryStore();
    const csv = `${HEADER}\n123,A,1,5\n456,C,1,5\n1.2E+11,D,1,5\n0456,B,1,4\n`;
    const id = await stage(ctx, store, csv, productImport);
    const staged = await previewStagedImport(ctx, productImport, store, id, {});
    expect(staged).toMatchObject({
      ok: true,
      obstacle: 'This file creates 2 products. You have 3, and your plan allows 4.',
      preview: {
        creates: 2,
        updates: 1,
        unchanged: 1,
        warnings: [
          { row: 2, message: 'SKU "123" may have lost its leading zeros: you have "00123".' },
          { row: 4, message: expect.stringContaining('a spreadsheet has shortened') },
        ],
      },
    });
    expect(await productsOf(ctx)).toHaveLength(3);
  });

  it('looks into no other company', async () => {
    const [company, other] = await Promise.all([freshCompany(), freshCompany()]);
    await createProduct(as(other, 'OWNER'), { name: 'A', sku: '00123', price: 1, stock: 5 });
    const store = new MemoryStore();
    const owner = as(company, 'OWNER');
    const id = await stage(owner, store, `${HEADER}\n123,A,1,5\n00123,A,1,5\n`, productImport);
    const staged = await previewStagedImport(owner, productImport, store, id, {});
    expect(staged).toMatchObject({ preview: { creates: 2, warnings: [] } });
  });
});

describe('apply', () => {
  it('creates, updates what differs, leaves the rest, and says so once in the audit log', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    const same = { name: 'Same', sku: 'S', price: 1, stock: 5, description: 'Kept' };
    await createProduct(ctx, same);
    await createProduct(ctx, {
      name: 'Old',
      sku: 'O',
      price: 1,
      stock: 5,
      category: 'Öl',
      unit: 'box',
    });
    await createProduct(ctx, { name: 'Moved', sku: 'M', price: 1, stock: 5 });
    await createProduct(ctx, { name: 'Other', sku: 's', price: 1, stock: 5 });
    const before = (await auditOf(ctx)).length;
    const csv = `${HEADER},description\nS,Same,1,5,Kept\nO,ÄLTER,2.5,7,"Neu\nund LANG"\nM,Moved,1,0,\nN,Neu,3,9,\n`;
    const id = await runImport(company, productImport, csv);
    expect((await getImport(ctx, productImport, id)).record).toMatchObject({
      state: 'done',
      created: 1,
      updated: 2,
      unchanged: 1,
    });
    expect(await productsOf(ctx)).toMatchObject([
      { sku: 'M', stock: 0, version: 1 },
      {
        sku: 'N',
        name: 'Neu',
        unit: 'each',
        priceCents: 3_00,
        stock: 9,
        active: true,
        nameKey: 'neu',
        searchKey: 'neu\nn\n\n',
        version: 1,
      },
      // No category and no unit column, so they stay, and so does their part of the search key (decision 11).
      {
        sku: 'O',
        name: 'ÄLTER',
        category: 'Öl',
        unit: 'box',
        priceCents: 2_50,
        stock: 7,
        nameKey: 'älter',
        searchKey: 'älter\no\nöl\nneu\nund lang',
        version: 2,
      },
      { sku: 'S', description: 'Kept', stock: 5, version: 1 },
      { sku: 's', name: 'Other', version: 1 },
    ]);
    const entries = (await auditOf(ctx)).slice(before);
    expect(entries).toMatchObject([
      {
        action: 'ProductBulkImported',
        actorType: 'USER',
        actorId: company.staff[0]?.userId,
        entityId: id,
        details: { created: 1, updated: 2 },
      },
    ]);
    expect(await movementsOf(ctx, id)).toEqual([
      { sku: 'M', delta: -5, reason: 'import' },
      { sku: 'N', delta: 9, reason: 'import' },
      { sku: 'O', delta: 2, reason: 'import' },
    ]);
  });

  it('clears what a mapped empty cell says, and writes nothing the second time', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    await createProduct(ctx, {
      name: 'A',
      sku: 'A',
      price: 1,
      stock: 5,
      category: 'C',
      description: 'D\nE',
      unit: 'kg',
      isActive: false,
    });
    const csv = 'sku,name,description,category,unit,price,stock,isActive\nA,A,,,,1,5,\n';
    await runImport(company, productImport, csv);
    const cleared = { description: null, category: null, unit: 'each', active: true, version: 2 };
    expect(await productsOf(ctx)).toMatchObject([{ ...cleared, searchKey: 'a\na\n\n' }]);
    const again = await runImport(company, productImport, csv);
    expect((await getImport(ctx, productImport, again)).record).toMatchObject({ unchanged: 1 });
    expect(await productsOf(ctx)).toMatchObject([cleared]);
    expect(await movementsOf(ctx, again)).toEqual([]);
  });

  it('sets the stock to what was counted, whatever was changed since the preview', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    const { id: product } = await createProduct(ctx, { name: 'A', sku: 'A', price: 1, stock: 5 });
    const store = new MemoryStore();
    const id = await stage(ctx, store, `${HEADER}\nA,A,1,5\n`, productImport);
    await updateProduct(ctx, product, { stock: 2 }, {});
    await startImport(ctx, productImport, id, {});
    await applyImport(job(company), productImport, store, id);
    expect(await productsOf(ctx)).toMatchObject([{ stock: 5 }]);
    expect(await movementsOf(ctx, id)).toEqual([{ sku: 'A', delta: 3, reason: 'import' }]);
  });

  it('leaves nothing behind when the plan has no room', async () => {
    const company = await freshCompany({ maxProducts: 2 });
    const ctx = as(company, 'OWNER');
    await createProduct(ctx, { name: 'A', sku: 'A', price: 1, stock: 5 });
    const csv = `${HEADER}\nA,A,2,6\nB,B,1,1\nC,C,1,1\n`;
    const id = await runImport(company, productImport, csv);
    expect((await getImport(ctx, productImport, id)).record).toMatchObject({
      state: 'failed',
      failure: "Creating 2 products would pass your plan's product limit. Nothing was changed.",
    });
    expect(await productsOf(ctx)).toMatchObject([{ sku: 'A', priceCents: 1_00, stock: 5 }]);
  });

  it('leaves pictures and thresholds as they are', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    const image = 'img_01jd0000000000000000000000';
    const first = { name: 'A', sku: 'A', price: 1, stock: 5, lowStockThreshold: 7 };
    await createProduct(ctx, first, image);
    await runImport(company, productImport, `${HEADER}\nA,B,2,6\n`);
    expect(await productsOf(ctx)).toMatchObject([
      { name: 'B', imageId: image, lowStockThreshold: 7 },
    ]);
  });
});

it('an import of one kind is none of the other', async () => {
  const company = await freshCompany();
  const ctx = as(company, 'OWNER');
  const id = await runImport(company, productImport, `${HEADER}\nA,A,1,1\n`);
  expect(await listImports(ctx, customerImport)).toEqual([]);
  expect(await listImports(ctx, productImport)).toMatchObject([{ id }]);
  const notFound = { code: 'not_found' };
  await expect(getImport(ctx, customerImport, id)).rejects.toMatchObject(notFound);
  await expect(startImport(ctx, customerImport, id, {})).rejects.toMatchObject(notFound);
  await expect(undoImport(ctx, customerImport, id)).rejects.toMatchObject(notFound);
  expect(await productsOf(ctx)).toHaveLength(1);
});
