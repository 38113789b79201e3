import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { setCartLine } from '../set-cart-line.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
import { orderView } from '#src/orders/order-list.ts';
import { getOwnOrders } from '#src/orders/own-orders.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { registered, signedIn } from '../storefront.ts';
import { newPage } from './browser.ts';

let company: CompanyFixture;
let store: string;
let session: Id<'session'>;
let oil: Id<'product'>;

beforeEach(async () => {
  company = await freshCompany({ name: 'Nordic Foods' });
  store = `/store/${company.slug}`;
  ({ session } = await registered(company));
  [oil = 'prd_'] = await productsFor(company, [{ name: 'Olive oil', priceCents: 1_00, stock: 50 }]);
  await put(2);
});

const put = (quantity: number) =>
  setCartLine(signedIn(company, session), oil, { quantity: String(quantity) });

const at = (options = {}) => newPage(options, { store, session, companyId: company.id });
const place = (page: Page) => page.getByRole('button', { name: 'Place order' });

async function orders(): Promise<number> {
  const { rows } = (await getOwnOrders(signedIn(company, session), orderView({}), 20)).page;
  return rows.length;
}

async function typeAll(page: Page): Promise<void> {
  await page.getByLabel('PO number').fill('PO-77');
  await page.getByLabel('Notes').fill('Back door.\nRing twice.');
  await page.getByLabel('Address', { exact: true }).fill('Main Street 1');
  await page.getByLabel('City').fill('Springfield');
}

const typed = (page: Page) =>
  Promise.all(
    ['PO number', 'Notes', 'Address', 'City'].map((label) =>
      page.getByLabel(label, { exact: label === 'Address' }).inputValue(),
    ),
  );

const ALL = ['PO-77', 'Back door.\nRing twice.', 'Main Street 1', 'Springfield'];

it('keeps the page and all that was typed without a connection, and trying again places one order', async () => {
  const page = await at();
  await page.goto(`${store}/checkout`);
  await typeAll(page);
  await page.context().setOffline(true);
  await place(page).click();
  await page.getByText('No connection. Nothing was ordered twice. Try again.').waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('unsent');
  expect(await typed(page)).toEqual(ALL);
  expect(await orders()).toBe(0);
  await page.context().setOffline(false);
  await place(page).click();
  await page.getByText(/is placed\. Thank you!$/).waitFor();
  for (const text of ALL)
    await page
      .getByText(text.split('\n')[0] ?? '')
      .first()
      .waitFor();
  expect(await orders()).toBe(1);
});

it('ends on the page of the one order when the answer was lost', async () => {
  const page = await at();
  await page.goto(`${store}/checkout`);
  let isLost = true;
  await page.route(/\/checkout$/, async (route) => {
    if (route.request().method() !== 'POST' || !isLost) return route.continue();
    isLost = false;
    await route.fetch({ maxRedirects: 0 });
    return route.abort('internetdisconnected');
  });
  await place(page).click();
  await page.getByText('No connection. Nothing was ordered twice. Try again.').waitFor();
  expect(await orders()).toBe(1);
  await place(page).click();
  await page.waitForURL(/\/orders\/ord_/);
  expect(await orders()).toBe(1);
});

it('shows what is refused in place, with what was typed and the focus on it', async () => {
  const page = await at();
  await page.goto(`${store}/checkout`);
  await page.getByLabel('PO number').fill('PO-77');
  await page.getByLabel('Address', { exact: true }).fill('Main Street 1');
  await place(page).click();
  await page.getByText('City is required.').waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('city');
  expect(await page.getByLabel('PO number').inputValue()).toBe('PO-77');
  await page.getByLabel('City').fill('Springfield');
  await updateProduct(as(company, 'OWNER'), oil, { price: 3 }, {});
  await place(page).click();
  await page.getByText('was $1.00').waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('The price has');
  expect(await page.getByLabel('City').inputValue()).toBe('Springfield');
  await place(page).click();
  await page.getByText(/is placed\. Thank you!$/).waitFor();
  expect(await orders()).toBe(1);
});

it('shows again what was typed after a way back to the cart, until the order is placed', async () => {
  const page = await at();
  await page.goto(`${store}/checkout`);
  await typeAll(page);
  await page.getByRole('link', { name: /^Cart/ }).first().click();
  await page.waitForURL(/\/cart$/);
  await page.getByRole('button', { name: 'One more Olive oil' }).click();
  await page.getByRole('button', { name: 'Check out' }).click();
  await page.waitForURL(/\/checkout$/);
  expect(await typed(page)).toEqual(ALL);
  await page.reload();
  expect(await typed(page)).toEqual(ALL);
  await place(page).click();
  await page.getByText(/is placed\. Thank you!$/).waitFor();
  await put(1);
  await page.goto(`${store}/checkout`);
  expect(await typed(page)).toEqual(['', '', '', '']);
});

it('forgets what was typed for an order whose answer was lost and that was left', async () => {
  const page = await at();
  await page.goto(`${store}/checkout`);
  await page.getByLabel('PO number').fill('PO-77');
  await page.route(/\/checkout$/, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    await route.fetch({ maxRedirects: 0 });
    return route.abort('internetdisconnected');
  });
  await place(page).click();
  await page.getByText('No connection. Nothing was ordered twice. Try again.').waitFor();
  await page.goto(`${store}/checkout`);
  await page.getByText('There is nothing to order').waitFor();
  await put(1);
  await page.goto(`${store}/checkout`);
  expect(await page.getByLabel('PO number').inputValue()).toBe('');
});

it('is kept for the person who typed it, through an ended session', async () => {
  const page = await at();
  await page.goto(`${store}/checkout`);
  await typeAll(page);
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await place(page).click();
  await page.getByText('You were signed out. Your order is still here.').waitFor();
  await page.context().addCookies(cookies);
  await page.goto(`${store}/checkout`);
  expect(await typed(page)).toEqual(ALL);
  expect(await orders()).toBe(0);
});
