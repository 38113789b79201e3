import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { as, freshCompany } from '../../test/context.ts';
import { productsFor } from '../../test/products.ts';
import { actions } from '../../test/storefront.ts';
import { importPrices } from './import-prices.ts';
import { getCustomerPrices } from './price-page.ts';
import { priceView } from './queries.ts';
import { readPriceList } from './read-price-list.ts';
import { removePrice } from './remove-price.ts';
import { CustomerPriceForm } from './schema.ts';
import { setPrice } from './set-price.ts';

let company: CompanyFixture;
let customer: Id<'customer'>;
let flour: Id<'product'>;
let salt: Id<'product'>;

const bytes = (text: string) => new TextEncoder().encode(text);
const staff = () => as(company, 'MEMBER');
const page = async (query = {}) =>
  (await getCustomerPrices(staff(), customer, priceView(query))).page;
const prices = async () => (await page()).rows;

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
    expect(await set(1700, null)).toMatchObject({ ok: true, changed: true });
    expect(await set(1700, 1700)).toMatchObject({ ok: true, changed: false });
    expect(await set(1600, 1700)).toMatchObject({ ok: true, changed: true });
    expect(await set(1500, 1700)).toMatchObject({
      ok: false,
      reason: 'changed_meanwhile',
      current: { ownCents: 1600 },
    });
    expect(await prices()).toMatchObject([{ name: 'Flour', priceCents: 2000, ownCents: 1600 }]);
    expect(await removePrice(staff(), customer, flour)).toBe(true);
    expect(await removePrice(staff(), customer, flour)).toBe(false);
    expect(await set(1500, 1600)).toMatchObject({ ok: false, current: null });
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

  it('name unknown SKUs in the same round as what else is wrong', async () => {
    const list = 'DRY-101\t19\nFL-1\tmuch\nSA-1, 0.75\nMEA-101, x';
    expect(await importPrices(staff(), customer, bytes(list))).toEqual({
      ok: false,
      issues: [
        { row: 1, message: 'No product has the SKU "DRY-101".' },
        { row: 2, message: 'Price must be a number like 12.50.' },
        { row: 4, message: 'Price must be a number like 12.50.' },
        { row: 4, message: 'No product has the SKU "MEA-101".' },
      ],
    });
    expect(await prices()).toEqual([]);
  });

  it('say in a sentence what is wrong with cells that no SKU has', async () => {
    const long = 'x'.repeat(1_000);
    const twice = readPriceList(bytes(`sku,price\n${long},1\n${long},2\n"a"b,3\n`));
    expect(twice.issues.map(({ row }) => row)).toEqual([2, 3, 4]);
    for (const { message } of twice.issues) expect(message.length).toBeLessThan(200);
    const unknown = await importPrices(staff(), customer, bytes(`${long},1`));
    expect(unknown).toEqual({
      ok: false,
      issues: [{ row: 1, message: expect.stringMatching(/^No product has the SKU "x{100}…"\.$/u) }],
    });
    expect(readPriceList(bytes('"'.repeat(40_001))).issues).toEqual([
      { row: 1, message: expect.stringMatching(/^Quotes do not match/u) },
    ]);
  });
});

/** Sixty products, `Item 00` with the SKU `I0` to `Item 59`. */
const items = () =>
  productsFor(
    company,
    Array.from({ length: 60 }, (_, n) => ({
      name: `Item ${String(n).padStart(2, '0')}`,
      sku: `I${n}`,
    })),
  );
/** Prices for the first so many of them. */
const pricesFor = (count: number) =>
  importPrices(
    staff(),
    customer,
    bytes(Array.from({ length: count }, (_, n) => `I${n},${n + 1}`).join('\n')),
  );
const itemsFrom = (first: number, end: number) =>
  Array.from({ length: end - first }, (_, n) => `Item ${String(first + n).padStart(2, '0')}`);
const namesOf = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);

it('pages by name, forward and back, and searches', async () => {
  await items();
  await pricesFor(60);
  const first = await getCustomerPrices(staff(), customer, priceView({}));
  expect(namesOf(first.page.rows)).toEqual(itemsFrom(0, 50));
  expect(first.total).toBe(60);
  const second = await page({ after: first.page.last ?? '' });
  expect(second).toMatchObject({ hasMore: false });
  expect(namesOf(second.rows)).toEqual(itemsFrom(50, 60));
  const back = await page({ before: second.first ?? '' });
  expect(back).toMatchObject({ hasMore: false, first: first.page.first, last: first.page.last });
  expect(namesOf(back.rows)).toEqual(itemsFrom(0, 50));
  const before = await page({ before: first.page.last ?? '' });
  expect(namesOf(before.rows)).toEqual(itemsFrom(0, 49));
  expect(namesOf((await page({ q: ' ITEM 07 ' })).rows)).toEqual(['Item 07']);
  expect(namesOf((await page({ after: 'of another list' })).rows)).toEqual(itemsFrom(0, 50));
});

describe('what can get a price', () => {
  const candidates = async (add: string, refused?: Id<'product'>) =>
    (await getCustomerPrices(staff(), customer, priceView({ add }), refused)).candidates;

  it('is found behind all that has one already', async () => {
    const ids = await items();
    await pricesFor(50);
    for (const words of ['ITEM', 'it']) {
      // oxlint-disable-next-line no-await-in-loop -- one search after another
      expect(namesOf(await candidates(words)), words).toEqual(itemsFrom(50, 58));
    }
    expect(await candidates('i59')).toEqual([
      {
        productId: ids[59],
        name: 'Item 59',
        sku: 'I59',
        active: true,
        priceCents: 1000,
        ownCents: null,
      },
    ]);
    expect(await candidates('item 07')).toEqual([]);
    await pricesFor(60);
    expect(await candidates('item')).toEqual([]);
  });

  it('is nothing until it is looked for, and nothing of another company', async () => {
    expect((await getCustomerPrices(staff(), customer, priceView({}))).candidates).toEqual([]);
    const other = await freshCompany();
    await productsFor(other, [{ name: 'Flour of another mill' }]);
    expect(namesOf(await candidates('flour'))).toEqual(['Flour']);
    expect(await candidates('another mill')).toEqual([]);
  });

  it('shows a product whose price was refused, unless the page has it', async () => {
    expect(await candidates('salt', flour)).toMatchObject([
      { name: 'Flour', ownCents: null },
      { name: 'Salt', ownCents: null },
    ]);
    await items();
    await pricesFor(60);
    await setPrice(staff(), customer, salt, { price: 80, seen: null });
    expect(await candidates('', salt)).toMatchObject([{ name: 'Salt', ownCents: 80 }]);
    await setPrice(staff(), customer, flour, { price: 80, seen: null });
    expect(await candidates('', flour)).toEqual([]);
    await expect(candidates('', newId('product'))).rejects.toMatchObject({
      message: 'Product not found.',
    });
  });
});

it('has seen no price where its form sends none', () => {
  const seen = (sent: unknown) => CustomerPriceForm.parse({ price: '1', seen: sent }).seen;
  expect(['0', '1700', '', ' ', '-1', '1e3', undefined].map(seen)).toEqual([
    0,
    1700,
    null,
    null,
    null,
    null,
    null,
  ]);
});
