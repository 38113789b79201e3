import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { getProduct } from '#src/catalog/queries.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { PASSWORD, registered, someEmail } from '../storefront.ts';
import { newPage } from './browser.ts';

let company: CompanyFixture;
let store: string;
let session: Id<'session'>;
let email: string;
let oil: Id<'product'>;

beforeEach(async () => {
  company = await freshCompany({
    name: 'Nordic Foods',
    passwordHash: await argon2Hasher.hash(PASSWORD),
  });
  store = `/store/${company.slug}`;
  email = someEmail();
  ({ session } = await registered(company, email));
  [oil = 'prd_'] = await productsFor(company, [
    { name: 'Olive oil', sku: 'OIL-5', priceCents: 37_50, stock: 5 },
    { name: 'Sea salt', sku: 'SLT', priceCents: 4_00, stock: 20 },
  ]);
});

const OWNER = 'OWNER';
const atStore = (options: object) => newPage(options, { store, session, companyId: company.id });
const ownerEmail = () => company.staff.find(({ role }) => role === OWNER)?.email ?? '';

/** The session ends, and the person presses; the log-in says what is kept, refuses once, and lets them in. */
async function pressSignedOut(page: Page, press: () => Promise<void>, said: string, who = email) {
  await page.context().clearCookies();
  await press();
  await page.getByText(`You were signed out. ${said} is still here.`).waitFor();
  for (const password of ['not this one', PASSWORD]) {
    await page.getByLabel('Email').fill(who);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('main').getByRole('button', { name: 'Log in' }).click();
    if (password === PASSWORD) continue;
    await page.getByText('Invalid email or password.').waitFor();
  }
}

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'with JavaScript $javaScriptEnabled',
  (options) => {
    it('keeps a list that was pasted', async () => {
      const page = await atStore(options);
      await page.goto(`${store}/quick-order`);
      await page.getByLabel('Your list').fill('OIL-5 2\nSLT 3');
      const check = () => page.getByRole('button', { name: 'Check list' }).click();
      await pressSignedOut(page, check, 'Your order');
      await page.getByRole('heading', { name: 'Quick order' }).waitFor();
      expect(await page.getByLabel('Your list').inputValue()).toBe('OIL-5 2\nSLT 3');
      await check();
      await page.getByText('2 lines ready').waitFor();
    });

    it('keeps a checkout', async () => {
      const page = await atStore(options);
      await page.goto(`${store}/catalog`);
      await page.getByRole('button', { name: 'Add Olive oil' }).click();
      await page.getByText('1 in cart').waitFor();
      await page.goto(`${store}/checkout`);
      await page.getByLabel('PO number').fill('PO-77');
      await page.getByLabel('Notes').fill('Ring twice.\nBack door.');
      await page.getByLabel('City').fill('Springfield');
      const place = () => page.getByRole('button', { name: 'Place order' }).click();
      await pressSignedOut(page, place, 'Your order');
      await page.getByRole('heading', { name: 'Checkout' }).waitFor();
      expect(await page.getByLabel('PO number').inputValue()).toBe('PO-77');
      expect(await page.getByLabel('Notes').inputValue()).toBe('Ring twice.\nBack door.');
      expect(await page.getByLabel('City').inputValue()).toBe('Springfield');
      expect((await getProduct(as(company, OWNER), oil)).stock).toBe(5);
    });

    it('keeps a product that was being edited', async () => {
      const page = await newPage(options, { company });
      await page.goto(`/dashboard/inventory/${oil}/edit`);
      await page.getByLabel('Name').fill('Rapeseed oil');
      const save = () => page.getByRole('button', { name: 'Save' }).click();
      await pressSignedOut(page, save, 'What you typed', ownerEmail());
      await page.getByRole('heading', { name: 'Olive oil' }).waitFor();
      expect(await page.getByLabel('Name').inputValue()).toBe('Rapeseed oil');
      await save();
      await page.getByText('Rapeseed oil is saved.').waitFor();
    });

    it('keeps a price that was being edited in the list', async () => {
      const page = await newPage(options, { company });
      await page.goto('/dashboard/inventory');
      await page.getByRole('link', { name: '$37.50' }).click();
      const field = page.getByLabel('Price of Olive oil');
      await field.fill('12.34');
      const save = () => field.press('Enter');
      await pressSignedOut(page, save, 'What you typed', ownerEmail());
      expect(await field.inputValue()).toBe('12.34');
      await field.press('Enter');
      await page.getByRole('link', { name: '$12.34' }).waitFor();
    });
  },
);

it('keeps a pasted list in the tab until it is in the cart', async () => {
  const page = await atStore({});
  const list = page.getByLabel('Your list');
  await page.goto(`${store}/quick-order`);
  await list.fill('OIL-5 2');
  await page.goto(`${store}/catalog`);
  await page.goto(`${store}/quick-order`);
  expect(await list.inputValue()).toBe('OIL-5 2');
  // Looked at, and not added.
  await page.getByRole('button', { name: 'Check list' }).click();
  await page.getByText('1 line ready').waitFor();
  await page.goto(`${store}/cart`);
  await page.goto(`${store}/quick-order`);
  expect(await list.inputValue()).toBe('OIL-5 2');
  await page.getByRole('button', { name: 'Check list' }).click();
  await page.getByRole('button', { name: 'Add 1 item to cart' }).click();
  await page.waitForURL(/\/cart$/);
  await page.goto(`${store}/quick-order`);
  await page.locator('#pad-text:focus').waitFor();
  expect(await list.inputValue()).toBe('');
});

it('says in the pad what each row costs, and all of them', async () => {
  const page = await atStore({});
  await page.goto(`${store}/quick-order`);
  await page.locator('#pad-text:focus').waitFor();
  for (const key of ['SLT', 'Enter', '3', 'Enter', 'saffron', 'Enter', 'Enter']) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await (key === 'Enter' ? page.keyboard.press(key) : page.keyboard.type(key));
    if (key === 'SLT') await page.getByRole('option').first().waitFor();
  }
  await page.getByText('$12.00 + 1 not checked yet').waitFor();
  await page.getByText('$4.00 / each').waitFor();
  await page.getByLabel('Quantity of Sea salt').fill('5');
  await page.getByText('$20.00 + 1 not checked yet').waitFor();
});
