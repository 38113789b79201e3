import { describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { priceOverrides } from '#db/schema/index.ts';
import { as, freshCompany } from '../../test/context.ts';
import { auditOf, job, movementsOf, productsOf, runImport } from '../../test/imports.ts';
import { registered, signedIn } from '../../test/storefront.ts';
import { setCartLine } from '../../test/set-cart-line.ts';
import { createProduct } from '../catalog/create-product.ts';
import { getProduct } from '../catalog/queries.ts';
import { updateProduct } from '../catalog/update-product.ts';
import { createCustomer } from '../customers/create-customer.ts';
import { placeOrder } from '../orders/place-order.ts';
import { tenant } from '../tenant.ts';
import { productImport } from './product-import.ts';
import { getImport } from './queries.ts';
import { undoImport } from './undo-import.ts';

const HEADER = 'sku,name,price,stock';
const later = (days: number) => ({ now: new Date(Date.now() + days * 86_400_000) });

/** The company's products by SKU, and whatever an import's undoing did to them. */
async function undone(company: CompanyFixture, id: Id<'import'>) {
  const ctx = as(company, 'MEMBER');
  const { kept: foreseen } = await getImport(ctx, productImport, id);
  await undoImport(ctx, productImport, id);
  await undoImport(ctx, productImport, id);
  const { record, changed } = await getImport(ctx, productImport, id);
  expect(record.undo?.kept).toBe(foreseen);
  return {
    undo: record.undo,
    listed: changed.map(({ key }) => key),
    products: await productsOf(ctx),
  };
}

async function productOf(company: CompanyFixture, sku: string): Promise<Id<'product'>> {
  const found = (await productsOf(as(company, 'OWNER'))).find((product) => product.sku === sku);
  return found?.id ?? expect.unreachable(`No product ${sku}.`);
}

async function order(company: CompanyFixture, sku: string, quantity: number) {
  const lines = [{ productId: await productOf(company, sku), quantity }];
  await placeOrder(as(company, 'OWNER'), { id: newId('order'), lines });
}

describe('undo', () => {
  it('takes everything back, once', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    await createProduct(ctx, {
      name: 'Old',
      sku: 'O',
      price: 1,
      stock: 5,
      category: 'C',
      isActive: false,
    });
    await createProduct(ctx, { name: 'Moved', sku: 'M', price: 1, stock: 5 });
    const before = await productsOf(ctx);
    const csv =
      'sku,name,description,category,unit,price,stock,isActive\nO,New,D,,kg,2,9,yes\nM,Moved,,,,1,0,\nN,N,,,,1,1,\n';
    const id = await runImport(company, productImport, csv);
    const { undo, listed, products } = await undone(company, id);
    expect(undo).toEqual({ removed: 1, restored: 2, kept: 0 });
    expect(listed).toEqual([]);
    expect(products).toEqual([before[0], { ...before[1], version: 3 }]);
    expect(await movementsOf(ctx, id)).toEqual([
      { sku: 'M', delta: -5, reason: 'import' },
      { sku: 'M', delta: 5, reason: 'import' },
      { sku: 'O', delta: 4, reason: 'import' },
      { sku: 'O', delta: -4, reason: 'import' },
    ]);
    const entries = (await auditOf(ctx)).filter(({ action }) => action.endsWith('Undone'));
    expect(entries).toMatchObject([
      {
        action: 'ProductBulkImportUndone',
        actorName: company.staff[2]?.name,
        details: { removed: 1, restored: 2, kept: 0 },
      },
    ]);
    // The places in the plan are free again, and so is the SKU.
    const again = await runImport(company, productImport, `${HEADER}\nN,N,1,1\n`);
    expect((await getImport(ctx, productImport, again)).record).toMatchObject({ created: 1 });
  });

  it('keeps and lists what was edited since', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    for (const sku of ['A', 'B', 'C']) {
      // oxlint-disable-next-line no-await-in-loop -- three of them
      await createProduct(ctx, { name: sku, sku, price: 1, stock: 5 });
    }
    const id = await runImport(
      company,
      productImport,
      `${HEADER}\nA,A,2,5\nB,B,1,9\nC,C,2,9\nD,D,1,1\nE,E,1,1\n`,
    );
    await updateProduct(ctx, await productOf(company, 'A'), { name: 'Mine' }, {});
    await updateProduct(ctx, await productOf(company, 'B'), { stock: 8 }, {});
    await updateProduct(ctx, await productOf(company, 'E'), { stock: 2 }, {});
    const { undo, listed, products } = await undone(company, id);
    expect(undo).toEqual({ removed: 1, restored: 1, kept: 3 });
    expect(listed).toEqual(['A', 'B', 'E']);
    expect(products).toMatchObject([
      { sku: 'A', name: 'Mine', priceCents: 2_00 },
      { sku: 'B', stock: 8 },
      { sku: 'C', priceCents: 1_00, stock: 5 },
      { sku: 'E', stock: 2 },
    ]);
  });

  it('restores fields beside stock that it did not move', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    await createProduct(ctx, { name: 'A', sku: 'A', price: 1, stock: 5 });
    const id = await runImport(company, productImport, `${HEADER}\nA,B,2,5\n`);
    await updateProduct(ctx, await productOf(company, 'A'), { stock: 7 }, {});
    const { undo, products } = await undone(company, id);
    expect(undo).toEqual({ removed: 0, restored: 1, kept: 0 });
    expect(products).toMatchObject([{ name: 'A', priceCents: 1_00, stock: 7 }]);
  });

  it('leaves sold what was sold, and takes no more than is there', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    await createProduct(ctx, { name: 'A', sku: 'A', price: 1, stock: 5 });
    await createProduct(ctx, { name: 'B', sku: 'B', price: 1, stock: 5 });
    await createProduct(ctx, { name: 'C', sku: 'C', price: 1, stock: 20 });
    const csv = `${HEADER}\nA,A,1,20\nB,B,1,20\nC,C,1,8\nN,N,1,20\n`;
    const id = await runImport(company, productImport, csv);
    await order(company, 'A', 3);
    await order(company, 'B', 18);
    await order(company, 'C', 8);
    await order(company, 'N', 1);
    const { undo, listed, products } = await undone(company, id);
    expect(undo).toEqual({ removed: 0, restored: 2, kept: 2 });
    expect(listed).toEqual(['B', 'N']);
    expect(products).toMatchObject([
      { sku: 'A', stock: 2 },
      { sku: 'B', stock: 2 },
      { sku: 'C', stock: 12 },
      { sku: 'N', stock: 19 },
    ]);
  });

  it('keeps a new product that somebody has a price for or in a cart', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    const csv = `${HEADER}\nCART,A,1,1\nPRICE,B,1,1\nQUIET,C,1,1\n`;
    const id = await runImport(company, productImport, csv);
    const customer = await createCustomer(ctx, { email: 'cafe@x.test' });
    const override = {
      companyId: company.id,
      customerId: customer.id,
      productId: await productOf(company, 'PRICE'),
      priceCents: 200,
    };
    await tenant(ctx, 'customers:write').batch([ctx.db.insert(priceOverrides).values(override)]);
    const { session } = await registered(company);
    await setCartLine(signedIn(company, session), await productOf(company, 'CART'), {
      quantity: '1',
    });
    const { undo, listed } = await undone(company, id);
    expect(undo).toEqual({ removed: 1, restored: 0, kept: 2 });
    expect(listed).toEqual(['CART', 'PRICE']);
  });

  it('of an earlier import keeps what a later one counted again', async () => {
    const company = await freshCompany();
    const ctx = as(company, 'OWNER');
    await createProduct(ctx, { name: 'A', sku: 'A', price: 1, stock: 5 });
    const first = await runImport(company, productImport, `${HEADER}\nA,A,1,10\nN,N,1,1\n`);
    const second = await runImport(company, productImport, `${HEADER}\nA,A,1,30\nN,N,1,2\n`);
    expect((await undone(company, first)).undo).toEqual({ removed: 0, restored: 0, kept: 2 });
    expect((await undone(company, second)).undo).toEqual({ removed: 0, restored: 2, kept: 0 });
    expect(await productsOf(ctx)).toMatchObject([
      { sku: 'A', stock: 10 },
      { sku: 'N', stock: 1 },
    ]);
  });

  it('is offered for 30 days', async () => {
    const company = await freshCompany();
    const id = await runImport(company, productImport, `${HEADER}\nA,A,1,1\n`);
    const owner = as(company, 'OWNER');
    await expect(undoImport(job(company, later(31)), productImport, id)).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(getProduct(owner, await productOf(company, 'A'))).resolves.toBeDefined();
    await undoImport(job(company, later(29)), productImport, id);
    expect(await productsOf(owner)).toEqual([]);
  });
});
