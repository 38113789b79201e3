import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { as, freshCompany } from '../../test/context.ts';
import { productsFor } from '../../test/products.ts';
import { actions } from '../../test/storefront.ts';
import { importPrices } from './import-prices.ts';
import { getCustomerPrices } from './price-page.ts';
import { readPriceList } from './read-price-list.ts';
import { removePrice } from './remove-price.ts';
import { setPrice } from './set-price.ts';

let company: CompanyFixture;
let customer: Id<'customer'>;
let flour: Id<'product'>;
let salt: Id<'product'>;

const bytes = (text: string) => new TextEncoder().encode(text);
const staff = () => as(company, 'MEMBER');
const prices = async (view = {}) => (await getCustomerPrices(staff(), customer, view)).page.rows;

beforeEach(async () => {
  company = await freshCompany();
  customer = (await createCustomer(as(company, 'OWNER'), { email: 'a@example.com' })).id;
  [flour = 'prd_', salt = 'prd_'] = await productsFor(company, [
    { name: 'Flour', sku: 'FL-1', priceCents: 2000 },
    { name: 'Salt', sku: 'SA-1', priceCents: 99 },
    { name: 'Unnumbered', priceCents: 5 },
  ]);
});

describe('one price', () => {
  it('is set, changed and removed, and the log says so', async () => {
    const set = (price: number, seen: number | null) =>
      setPrice(staff(), customer, flour, { price, seen });
    expect(await set(1700, null)).toEqual({ ok: true, changed: true });
    expect(await set(1700, 1700)).toEqual({ ok: true, changed: false });
    expect(await set(1600, 1700)).toEqual({ ok: true, changed: true });
    expect(await set(1500, 1700)).toEqual({
      ok: false,
      reason: 'changed_meanwhile',
      currentCents: 1600,
    });
    expect(await prices()).toMatchObject([{ name: 'Flour', priceCents: 2000, ownCents: 1600 }]);
    expect(await removePrice(staff(), customer, flour)).toBe(true);
    expect(await removePrice(staff(), customer, flour)).toBe(false);
    expect(await set(1500, 1600)).toMatchObject({ ok: false, currentCents: null });
    const logged = (await actions(company)).map(({ action }) => action);
    expect(logged.filter((action) => action.startsWith('Price'))).toEqual([
      'PriceOverrideSet',
      'PriceOverrideSet',
      'PriceOverrideDeleted',
    ]);
  });

  it('is for a customer and a product there are', async () => {
    const price = { price: 1, seen: null };
    await expect(setPrice(staff(), newId('customer'), flour, price)).rejects.toMatchObject({
      message: 'Customer not found.',
    });
    await expect(setPrice(staff(), customer, newId('product'), price)).rejects.toMatchObject({
      message: 'Product not found.',
    });
    const other = await freshCompany();
    await expect(setPrice(as(other, 'OWNER'), customer, flour, price)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('many prices', () => {
  it('are set all at once, and those not in the list stay', async () => {
    await setPrice(staff(), customer, salt, { price: 80, seen: null });
    expect(await importPrices(staff(), customer, bytes('FL-1\t17.00'))).toEqual({
      ok: true,
      set: 1,
      unchanged: 0,
    });
    expect(await importPrices(staff(), customer, bytes('sku,price\nFL-1,17\nSA-1,0.75\n'))).toEqual(
      { ok: true, set: 1, unchanged: 1 },
    );
    expect((await prices()).map(({ ownCents }) => ownCents)).toEqual([1700, 75]);
  });

  it('are not set at all where one row is wrong', async () => {
    expect(await importPrices(staff(), customer, bytes('sku;price\nFL-1;1\nfl-1;2'))).toEqual({
      ok: false,
      issues: [{ row: 3, message: 'No product has the SKU "fl-1".' }],
    });
    expect(await prices()).toEqual([]);
    expect(await importPrices(staff(), customer, bytes(''))).toMatchObject({ ok: false });
  });

  it('take a first row for a price, though a wrong one, that has a figure in it', () => {
    expect(readPriceList(bytes('FL-1,$12.50\nSA-1,2'))).toEqual({
      rows: [{ row: 2, sku: 'SA-1', priceCents: 200 }],
      issues: [{ row: 1, message: 'Price must be a plain number like 12.50.' }],
    });
  });

  it('name every row that cannot be read', () => {
    const list = bytes('FL-1,1\nSA-1,"1.000,5"\nFL-1,2\n,3\nX,-1\nY,0.001\nZ,4');
    expect(readPriceList(list)).toEqual({
      rows: [{ row: 7, sku: 'Z', priceCents: 400 }],
      issues: [
        { row: 1, message: 'Duplicate SKU "FL-1" also on row 3.' },
        { row: 2, message: 'Price must be a plain number like 12.50.' },
        { row: 3, message: 'Duplicate SKU "FL-1" also on row 1.' },
        { row: 4, message: 'SKU is required.' },
        { row: 5, message: 'Price must be between 0 and 1,000,000.' },
        { row: 6, message: 'Price must have at most 2 decimal places.' },
      ],
    });
  });
});

it('pages by name, searches, and finds what has no price yet', async () => {
  const many = await productsFor(
    company,
    Array.from({ length: 60 }, (_, n) => ({
      name: `Item ${String(n).padStart(2, '0')}`,
      sku: `I${n}`,
    })),
  );
  await importPrices(staff(), customer, bytes(many.map((_, n) => `I${n},${n + 1}`).join('\n')));
  const first = await getCustomerPrices(staff(), customer, {});
  expect(first.page.rows).toHaveLength(50);
  expect(first.total).toBe(60);
  const second = await prices({ after: first.page.last });
  expect(second.map(({ name }) => name)).toEqual(
    Array.from({ length: 10 }, (_, n) => `Item ${n + 50}`),
  );
  expect(await prices({ search: 'ITEM 07' })).toHaveLength(1);
  const { candidates } = await getCustomerPrices(staff(), customer, { add: 'sa-1' });
  expect(candidates).toMatchObject([{ productId: salt, name: 'Salt' }]);
  expect((await getCustomerPrices(staff(), customer, { add: 'item' })).candidates).toEqual([]);
});
