import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { getProduct } from '#src/catalog/queries.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { setPrice } from '#src/prices/set-price.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { newPage } from './browser.ts';

const ROWS = 20;
const LIST = '/dashboard/inventory';

let company: CompanyFixture;
let products: Id<'product'>[];

beforeEach(async () => {
  company = await freshCompany();
  const names = Array.from({ length: ROWS }, (_, index) => `Product ${String(index + 10)}`);
  products = await productsFor(
    company,
    names.map((name) => ({ name, sku: `SKU-${name}`, priceCents: 4390, stock: 60 })),
  );
});

const owner = () => as(company, 'OWNER');
const pricesNow = () =>
  Promise.all(products.map(async (id) => (await getProduct(owner(), id)).priceCents));

/** The label or the text of what has the focus. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });

const scrolled = (page: Page) => page.evaluate(() => scrollY);

/** Where each column of the list begins and ends, and each row. */
const layout = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('th, tbody tr')].map((cell) => {
      const { left, width, height } = cell.getBoundingClientRect();
      return [left, width, height].map(Math.round);
    }),
  );

describe('prices changed where they stand', () => {
  it('takes 20 by the keyboard alone, and loses neither the place nor the focus', async () => {
    const page = await newPage({}, { company, role: 'MEMBER' });
    await page.goto(LIST);
    const before = await layout(page);
    await page.locator(`#${products[0]} [data-field=price] a`).focus();
    await page.keyboard.press('Enter');
    const field = page.getByLabel('Price of Product 10');
    await field.waitFor();
    await expect.poll(() => focused(page)).toBe('Price of Product 10');
    expect(await layout(page)).toEqual(before);
    let at = await scrolled(page);
    for (let index = 0; index < ROWS; index += 1) {
      expect(await focused(page)).toBe(`Price of Product ${index + 10}`);
      await page.keyboard.type(`${index + 1}.25`);
      await page.keyboard.press('Enter');
      const next = index + 1 < ROWS ? `Price of Product ${index + 11}` : '$20.25';
      await expect.poll(() => focused(page)).toBe(next);
      const now = await scrolled(page);
      // A row is 41 to 60 pixels high: the page follows the focus, and does not jump.
      expect(Math.abs(now - at)).toBeLessThan(130);
      at = now;
    }
    expect(await pricesNow()).toEqual(products.map((_, index) => (index + 1) * 100 + 25));
    expect(await layout(page)).toEqual(before);
  });

  it('keeps what is typed before the next field is open', async () => {
    const page = await newPage({}, { company, role: 'MEMBER' });
    await page.goto(LIST);
    await page.route('**/inventory*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await route.continue();
    });
    await page.locator(`#${products[0]} [data-field=price] a`).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Price of Product 10');
    await page.keyboard.type('1.50\n2.50\n');
    await expect.poll(() => focused(page)).toBe('Price of Product 12');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('$43.90');
    expect((await pricesNow()).slice(0, 3)).toEqual([150, 250, 4390]);
  });

  it('closes by Escape, keeps a refused value open, and undoes what nobody changed since', async () => {
    const page = await newPage({}, { company, role: 'MEMBER' });
    await page.goto(LIST);
    await page.getByRole('checkbox', { name: 'Select Product 14' }).check();
    const link = page.locator(`#${products[4]} [data-field=price] a`);
    const place = await link.boundingBox();
    await link.click();
    const field = page.getByLabel('Price of Product 14');
    await field.fill('9');
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('$43.90');
    expect((await link.boundingBox())?.y).toBe(place?.y);

    await page.keyboard.press('Enter');
    await field.fill('much');
    await page.keyboard.press('Enter');
    await page.getByText('Price must be').waitFor();
    expect(await field.inputValue()).toBe('much');
    await expect.poll(() => focused(page)).toBe('Price of Product 14');
    await field.fill('12.50');
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await expect.poll(() => focused(page)).toBe('$12.50');
    const status = page.locator('#row-status');
    expect(await status.textContent()).toContain('Price saved. Price of Product 14: $12.50.');
    await status.getByRole('button', { name: 'Undo' }).press('Enter');
    await expect.poll(() => focused(page)).toBe('$43.90');
    // Undone again; but then a colleague changes it.
    await updateProduct(owner(), products[4] ?? 'prd_', { price: 7 }, {});
    await status.getByRole('button', { name: 'Undo' }).press('Enter');
    await page.getByText('It is $7.00 now').waitFor();
    expect((await pricesNow())[4]).toBe(700);
    expect(await page.getByRole('checkbox', { name: 'Select Product 14' }).isChecked()).toBe(true);
  });

  it('says when there is no connection, and keeps the field', async () => {
    const page = await newPage({}, { company, role: 'MEMBER' });
    await page.goto(LIST);
    await page.locator(`#${products[0]} [data-field=price] a`).click();
    await page.getByLabel('Price of Product 10').fill('5');
    await page.route('**/price*', (route) => route.abort('aborted'));
    await page.keyboard.press('Enter');
    await page.getByText('Not saved: no connection.').waitFor();
    expect(await page.getByLabel('Price of Product 10').inputValue()).toBe('5');
    await page.unroute('**/price*');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Price of Product 11');
    expect((await pricesNow())[0]).toBe(500);
  });
});

it.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'switches a product off and on in the list with JavaScript $javaScriptEnabled',
  async ({ javaScriptEnabled }) => {
    const page = await newPage({ javaScriptEnabled }, { company, role: 'MEMBER' });
    await page.goto(LIST);
    const button = page.getByRole('switch', { name: 'Active: Product 12' });
    expect(await button.getAttribute('aria-checked')).toBe('true');
    await button.press('Enter');
    await page.getByText('Product 12 is inactive.').waitFor();
    await expect.poll(() => button.getAttribute('aria-checked')).toBe('false');
    expect((await getProduct(owner(), products[2] ?? 'prd_')).active).toBe(false);
    if (javaScriptEnabled) {
      expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    }
    await button.press('Enter');
    await page.getByText('Product 12 is active.').waitFor();
  },
);

it('leaves the next row alone once another field is tapped', async () => {
  const { id } = await createCustomer(owner(), { email: 'a@example.com', name: 'Bella' });
  for (const product of products.slice(0, 3)) {
    await setPrice(owner(), id, product, { price: 4000, seen: null });
  }
  const page = await newPage({}, { company, role: 'MEMBER' });
  await page.goto(`/dashboard/customers/${id}/prices`);
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(/\/prices\/prd_/, async (route) => {
    await held;
    await route.continue();
  });
  await page.getByLabel('Custom price of Product 10').fill('10');
  await page.keyboard.press('Enter');
  const third = page.getByLabel('Custom price of Product 12');
  await third.click();
  await third.fill('12.50');
  answer();
  await page.locator('#row-status').getByText('Price saved. Price of Product 10').waitFor();
  expect(await third.inputValue()).toBe('12.50');
  expect(await page.getByLabel('Custom price of Product 11').inputValue()).toBe('40.00');
});

it('goes through a customer’s prices by Enter, and undoes the last', async () => {
  const { id } = await createCustomer(owner(), { email: 'a@example.com', name: 'Bella' });
  for (const product of products.slice(0, 3)) {
    await setPrice(owner(), id, product, { price: 4000, seen: null });
  }
  const page = await newPage({}, { company, role: 'MEMBER' });
  for (const path of ['', '/prices']) {
    await page.goto(`/dashboard/customers/${id}${path}`);
    await page.getByLabel('Custom price of Product 10').focus();
    for (const index of [10, 11, 12]) {
      await expect.poll(() => focused(page)).toBe(`Custom price of Product ${index}`);
      await page.keyboard.press('Control+A');
      await page.keyboard.type(`${index}`);
      await page.keyboard.press('Escape');
      await page.keyboard.type(path === '' ? `${index}` : `1${index}`);
      await page.keyboard.press('Enter');
    }
    const status = page.locator('#row-status');
    const saved = path === '' ? '$12.00' : '$112.00';
    await status.getByText(`Price saved. Price of Product 12: ${saved}.`).waitFor();
    await expect.poll(() => focused(page)).toBe('Custom price of Product 12');
    await status.getByRole('button', { name: 'Undo' }).press('Enter');
    await expect
      .poll(() => page.getByLabel('Custom price of Product 12').inputValue())
      .toBe('40.00');
  }
});
