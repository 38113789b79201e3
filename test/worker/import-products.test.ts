import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { createProduct } from '#src/catalog/create-product.ts';
import { as, freshCompany } from '../context.ts';
import { productsOf } from '../imports.ts';
import { server, takeProblems } from '../server.ts';
import { type Ask, browserOf } from '../staff.ts';
import { upload } from '../uploads.ts';

const PATH = '/dashboard/inventory/import';

/** The button is disabled, and named by why. */
const PLAN =
  /disabled=""[^>]*>[\s\S]{0,400}This file creates 3 products\. You have \d, and your plan allows 3\./;

let company: CompanyFixture;
let ask: Ask;

beforeAll(async () => {
  company = await freshCompany({ maxProducts: 3 });
  ask = await browserOf(company, 'MEMBER');
});

afterEach(() => expect(takeProblems()).toEqual([]));

const stored = () => productsOf(as(company, 'OWNER'));

describe('an import of products, page by page', () => {
  it('goes from upload over preview to done, and back', async () => {
    const { id } = await createProduct(as(company, 'OWNER'), {
      name: 'Old',
      sku: '00123',
      price: 1,
      stock: 5,
      category: 'Kept',
    });
    const page = await ask(PATH);
    expect(page).toMatchObject({ status: 200, roundTrips: 1 });
    expect(page.text).toContain('Import products');
    expect(page.text).toContain('isActive');

    const csv = 'Art,Name,Price,Stock\r\n00123,<b>New</b>,2.50,9\r\n123,Neu,3,1\r\n';
    const path = await upload(company, 'inventory', csv);
    expect(path).toMatch(/^\/dashboard\/inventory\/import\/imp_/);
    expect((await ask(path)).text).toContain('No column for SKU: choose one.');

    const preview = await ask(`${path}?sku=0`);
    expect(preview).toMatchObject({ status: 200, roundTrips: 2 });
    expect(preview.text).toContain('1 to create / 1 to update / 0 unchanged');
    expect(preview.text).toContain('<ins>&lt;b&gt;New&lt;/b&gt;</ins>');
    expect(preview.text).toContain('as a stocktake would');
    expect(preview.text).toContain('may have lost its leading zeros: you have &quot;00123&quot;.');

    const mapping = { sku: '0', name: '1', price: '2', stock: '3' };
    const applied = await ask(`${path}/apply`, mapping);
    expect(applied).toMatchObject({ status: 303, location: path, roundTrips: 1 });
    expect(await ask(`${path}/apply`, mapping)).toMatchObject({ status: 303 });
    await expect
      .poll(async () => (await ask(path)).text, { timeout: 20_000 })
      .toContain('1 product created, 1 updated, 0 unchanged.');
    expect(await stored()).toMatchObject([
      { sku: '00123', name: '<b>New</b>', category: 'Kept', priceCents: 2_50, stock: 9 },
      { sku: '123', name: 'Neu', priceCents: 3_00, stock: 1 },
    ]);
    const done = await ask(path);
    expect(done).toMatchObject({ status: 200, roundTrips: 1 });
    expect(done.text).toContain(`href="/dashboard/inventory/${id}/edit"`);
    expect((await ask(PATH)).text).toContain('1 created, 1 updated');
    expect((await ask('/dashboard/customers/import')).text).not.toContain(path);

    expect(await ask(`${path}/undo`, {})).toMatchObject({ status: 303, roundTrips: 1 });
    expect((await ask(path)).text).toContain('1 product removed, 1 restored, 0 kept');
    expect(await stored()).toMatchObject([{ sku: '00123', name: 'Old', stock: 5 }]);
  });

  it('says why a job failed', async () => {
    const rows = ['A', 'B', 'C'].map((sku) => `${sku},x,1,1\n`).join('');
    const path = await upload(company, 'inventory', `sku,name,price,stock\n${rows}`);
    expect((await ask(path)).text).toMatch(PLAN);
    await ask(`${path}/apply`, {});
    await expect
      .poll(async () => (await ask(path)).text, { timeout: 20_000 })
      .toContain('would pass your plan&#39;s product limit. Nothing was changed.');
  });

  it('applies once, however many messages say so', async () => {
    const path = await upload(company, 'inventory', 'sku,name,price,stock\n00123,Once,1,5\n');
    const { IMPORT_QUEUE } = await server
      .getWorker<{ IMPORT_QUEUE: { sendBatch(messages: { body: unknown }[]): Promise<unknown> } }>()
      .getEnv();
    const body = { kind: 'products', importId: path.split('/').at(-1), companyId: company.id };
    // One that names the other kind finds nothing to do.
    const astray = { ...body, kind: 'customers' };
    await ask(`${path}/apply`, {});
    await IMPORT_QUEUE.sendBatch([{ body: astray }, { body }, { body }]);
    await expect
      .poll(async () => (await ask(path)).text, { timeout: 20_000 })
      .toContain('0 products created, 1 updated, 0 unchanged.');
    expect(await stored()).toMatchObject([{ name: 'Once', version: 4 }]);
  });
});

describe('the files around it', () => {
  it('gives a template that imports, and all issues as a file', async () => {
    const template = await ask(`${PATH}/template.csv`);
    expect(template.headers.get('content-disposition')).toContain('products-template.csv');
    expect(template.text).toContain('sku,name,description,category,unit,price,stock,isActive\r\n');
    const csv = 'sku,name,price,stock\nA,a,"$1,200.50",1\n,b,1,1.5\n';
    const issues = await ask(`${await upload(company, 'inventory', csv)}/issues.csv`);
    expect(issues.text.split('\r\n')).toEqual([
      'row,message',
      '2,"Price must be a plain number like 12.50. Found ""$1,200.50""."',
      '3,SKU is required.',
      '3,"Stock must be a whole number from 0 to 1,000,000,000. Found ""1.5""."',
      '',
    ]);
  });

  it('exports what an import previews as all unchanged, and as the list is filtered', async () => {
    const other = await freshCompany();
    const owner = as(other, 'OWNER');
    await createProduct(owner, {
      name: '=SUM(A1)',
      sku: '-1',
      price: 1.5,
      stock: 2,
      category: 'X',
    });
    await createProduct(owner, { name: 'b\nb', sku: '@b', price: 0, stock: 900, isActive: false });
    const theirs = await browserOf(other, 'MEMBER');
    const exported = await theirs('/dashboard/inventory/export');
    expect(exported).toMatchObject({ status: 200, roundTrips: 1 });
    expect(exported.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(exported.headers.get('content-disposition')).toMatch(
      /^attachment; filename="products-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const preview = await theirs(await upload(other, 'inventory', exported.text));
    expect(preview.text).toContain('0 to create / 0 to update / 2 unchanged');
    const lines = async (query: string) =>
      (await theirs(`/dashboard/inventory/export?${query}`)).text.trim().split('\r\n').slice(1);
    expect(await lines('category=X')).toEqual(["'-1,'=SUM(A1),,X,each,1.50,2,true"]);
    expect(await lines('stock=low')).toHaveLength(1);
    expect(await lines('active=false')).toEqual(['\'@b,"b\nb",,,each,0,900,false']);
    expect(await lines('q=nothing')).toEqual([]);
  });

  it('knows imports of this company and of this kind only', async () => {
    const path = await upload(company, 'inventory', 'sku,name,price,stock\nA,a,1,1\n');
    const stranger = await browserOf(await freshCompany(), 'OWNER');
    const asCustomers = path.replace('inventory', 'customers');
    for (const [asker, at] of [
      [stranger, path],
      [ask, asCustomers],
    ] as const) {
      // oxlint-disable-next-line no-await-in-loop -- one asker after another
      const answers = await Promise.all([
        asker(at),
        asker(`${at}/apply`, {}),
        asker(`${at}/undo`, {}),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    }
    expect((await stranger(`${path}/issues.csv`)).status).toBe(404);
  });
});
