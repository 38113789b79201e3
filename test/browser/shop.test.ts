import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { type Id, newId } from '#db/ids.ts';
import { bulkUpdateProducts } from '#src/catalog/bulk-update-products.ts';
import { getProduct } from '#src/catalog/queries.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { joined, registered, signedIn } from '../storefront.ts';
import { customerCookie } from '../server.ts';
import { newPage, ORIGIN } from './browser.ts';

let company: CompanyFixture;
let store: string;
let session: Id<'session'>;
let oil: Id<'product'>;
let salt: Id<'product'>;
let rice: Id<'product'>;

beforeEach(async () => {
  company = await freshCompany({ name: 'Nordic Foods' });
  store = `/store/${company.slug}`;
  ({ session } = await registered(company));
  [oil = 'prd_', salt = 'prd_', rice = 'prd_'] = await productsFor(company, [
    { name: 'Olive oil', sku: 'OIL-5', priceCents: 37_50, stock: 5 },
    { name: 'Sea salt', sku: 'SLT', priceCents: 4_00, stock: 20 },
    { name: 'Rice', priceCents: 2_00, stock: 20 },
  ]);
});

const at = (options = {}, who = session) =>
  newPage(options, { store, session: who, companyId: company.id });

const stockOf = async (id: Id<'product'>) => (await getProduct(as(company, 'OWNER'), id)).stock;

/** A field that is sent when it is left, or by its button where no script sends it. */
async function change(page: Page, label: string, to: string, button: string): Promise<void> {
  await page.getByLabel(label).fill(to);
  await page.getByLabel(label).press('Tab');
  const send = page.getByRole('button', { name: button });
  if (await send.isVisible()) await send.click();
}

describe.each([
  { on: 'a desk', options: {} },
  { on: 'a desk, without JavaScript', options: { javaScriptEnabled: false } },
  {
    on: 'a phone',
    options: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
  },
])('at $on', ({ options }) => {
  it('finds a product, fills the cart, and orders for the first time', async () => {
    const page = await at(options);
    await page.goto(store);
    await page.getByRole('searchbox').fill('olive');
    await page.getByRole('searchbox').press('Enter');
    await page.waitForURL(/q=olive/);
    await page.getByText('Sea salt').waitFor({ state: 'detached' });
    await page.getByLabel('Quantity of Olive oil').fill('2');
    await page.getByRole('button', { name: 'Add Olive oil' }).click();
    await page
      .getByText(/2 in (your )?cart/)
      .first()
      .waitFor();

    await page.getByRole('link', { name: /^Cart/ }).click();
    await change(page, 'Quantity of Olive oil', '3', 'Update Olive oil');
    await page.getByText('$112.50').first().waitFor();
    await page.getByRole('button', { name: 'Check out' }).click();
    await page.getByLabel('PO number').fill('PO-77');
    await page.getByLabel('Address', { exact: true }).fill('Main Street 1');
    await page.getByRole('button', { name: 'Place order' }).click();
    // What was typed is kept, and what is missing is asked for where it belongs.
    await page.getByText('City is required.').waitFor();
    expect(await page.getByLabel('PO number').inputValue()).toBe('PO-77');
    await page.getByLabel('City').fill('Springfield');
    await page.getByRole('button', { name: 'Place order' }).click();

    await page.getByText(/^Order #\d+ is placed\. Thank you!$/).waitFor();
    for (const text of ['Olive oil', 'PO-77', 'Springfield', 'Submitted'])
      await page.getByRole('main').getByText(text).first().waitFor();
    expect(await stockOf(oil)).toBe(2);
    await page.getByRole('link', { name: /^Cart/ }).click();
    await page.getByText('Your cart is empty').waitFor();
  });
});

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'with JavaScript $javaScriptEnabled',
  (options) => {
    it('orders again, after seeing what has changed since', async () => {
      const id = newId('order');
      const lines = [oil, salt, rice].map((productId) => ({ productId, quantity: 4 }));
      await placeOrder(signedIn(company, session), { id, lines });
      const owner = as(company, 'OWNER');
      await updateProduct(owner, salt, { price: 5 }, {});
      await bulkUpdateProducts(owner, [rice], { active: false });
      const page = await at(options);
      await page.goto(`${store}/orders/${id}`);
      await page.getByRole('button', { name: 'Order again' }).click();
      await page.getByText('2 lines need attention · 1 ready').waitFor();
      await page.getByText('Was $4.00').waitFor();
      await page.getByText('No longer sold.').waitFor();
      await page.getByLabel('Skip line 3').check();
      await page.getByRole('button', { name: 'Order 1 instead' }).click();
      await page.getByText('2 lines ready').waitFor();
      await page.getByRole('button', { name: 'Add 2 items to cart' }).click();
      await page.waitForURL(/\/cart/);
      expect(await page.getByLabel('Quantity of Olive oil').inputValue()).toBe('1');
      expect(await page.getByLabel('Quantity of Sea salt').inputValue()).toBe('4');
    });

    it('looks up a file whose cells have quotes and line breaks, and asks for a quantity that was emptied', async () => {
      const page = await at(options);
      await page.goto(`${store}/quick-order`);
      const buffer = Buffer.from('"Olive\noil",2\n"8"" pan",1\nSLT,3\n');
      await page.getByLabel('CSV file').setInputFiles({
        name: 'order.csv',
        mimeType: 'text/csv',
        buffer,
      });
      const look = page.locator('form', { has: page.getByLabel('CSV file') });
      await look.getByRole('button', { name: 'Check list' }).click();
      await page.getByText('1 line needs attention · 2 ready').waitFor();
      expect(await page.getByLabel('Line 2: product name or SKU').inputValue()).toBe('8" pan');
      await page.getByLabel('Skip line 2').check();
      await page.getByLabel('Line 3: quantity').fill('');
      await page.getByRole('button', { name: 'Add 2 items to cart' }).click();
      await page.getByText('Enter a whole number (1–99,999).').waitFor();
      await page.getByRole('link', { name: 'Go to the cart' }).click();
      expect(await page.getByLabel('Quantity of Olive oil').inputValue()).toBe('2');
      expect(await page.getByLabel('Quantity of Sea salt').count()).toBe(0);
    });

    it('cancels before the store confirms, and the stock is back', async () => {
      const id = newId('order');
      await placeOrder(signedIn(company, session), {
        id,
        lines: [{ productId: oil, quantity: 5 }],
      });
      const page = await at(options);
      await page.goto(`${store}/catalog`);
      await page.getByText('Out of stock').waitFor();
      expect(await page.getByRole('button', { name: 'Add Olive oil' }).isDisabled()).toBe(true);
      await page.goto(`${store}/orders/${id}`);
      await page.getByRole('button', { name: 'Cancel order' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel order' }).click();
      await page.getByText('The order is cancelled.').waitFor();
      expect(await stockOf(oil)).toBe(5);
    });
  },
);

it('gives two people of one account a cart each, and their orders in common', async () => {
  const colleague = await joined(company, session, 'BUYER');
  const [first, second] = await Promise.all([at(), at({}, colleague)]);
  for (const [page, name] of [
    [first, 'Olive oil'],
    [second, 'Sea salt'],
  ] as const) {
    await page.goto(`${store}/catalog`);
    await page.getByRole('button', { name: `Add ${name}` }).click();
    await page.getByText('1 in cart').waitFor();
  }
  await second.goto(`${store}/checkout`);
  await second.getByRole('button', { name: 'Place order' }).click();
  await second.getByText(/is placed\. Thank you!$/).waitFor();

  await first.goto(`${store}/orders`);
  const row = first.getByRole('row', { name: /Ann Lee/ });
  await row.getByRole('link').click();
  await first.getByRole('main').getByText('Sea salt').waitFor();
  await first.goto(`${store}/cart`);
  await first.getByLabel('Quantity of Olive oil').waitFor();
  expect(await first.getByLabel('Quantity of Sea salt').count()).toBe(0);
});

it('keeps what was typed in a tab for who typed it, until it has arrived', async () => {
  const colleague = await joined(company, session, 'BUYER');
  const page = await at();
  const signIn = async (who: Id<'session'>) => {
    const [name = '', value = ''] = (await customerCookie(who, company.id)).split('=');
    const domain = new URL(ORIGIN).hostname;
    await page.context().addCookies([{ name, value, domain, path: store }]);
  };
  const rows = page.getByLabel(/^Quantity of /);
  await page.goto(`${store}/quick-order`);
  await page.locator('#pad-text:focus').waitFor();
  for (const key of ['SLT', 'Enter', '3', 'Enter']) {
    await (key === 'Enter' ? page.keyboard.press(key) : page.keyboard.type(key));
  }
  await page.getByRole('button', { name: 'Add 1 item to cart' }).waitFor();
  await page.goto(`${store}/catalog`);
  await page.getByLabel('Quantity of Olive oil').fill('4');

  await signIn(colleague);
  await page.goto(`${store}/catalog`);
  expect(await page.getByLabel('Quantity of Olive oil').inputValue()).toBe('1');
  await page.goto(`${store}/quick-order`);
  await page.locator('#pad-text:focus').waitFor();
  expect(await rows.count()).toBe(0);

  await signIn(session);
  await page.goto(`${store}/catalog`);
  expect(await page.getByLabel('Quantity of Olive oil').inputValue()).toBe('4');
  await page.goto(`${store}/quick-order`);
  expect(await rows.first().inputValue()).toBe('3');
  // Signed out meanwhile: what was sent has not arrived.
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Add 1 item to cart' }).click();
  await page.getByText('You were signed out. Your order is still here.').waitFor();
  await signIn(session);
  await page.goto(`${store}/catalog`);
  await page.goto(`${store}/quick-order`);
  expect(await rows.first().inputValue()).toBe('3');
  await page.getByRole('button', { name: 'Add 1 item to cart' }).click();
  await page.waitForURL(/\/cart/);
  await page.goto(`${store}/quick-order`);
  await page.locator('#pad-text:focus').waitFor();
  expect(await rows.count()).toBe(0);
});

it('types fifty products on the keyboard alone, and has them all in the cart', async () => {
  const many = Array.from({ length: 50 }, (_, index) => ({
    name: `Peeled tomatoes ${index} oz`,
    sku: `TOM-${100 + index}`,
    priceCents: 1_00,
  }));
  await productsFor(company, many);
  const page = await at();
  await page.goto(`${store}/quick-order`);
  await page.locator('#pad-text:focus').waitFor();
  for (const [index, { sku }] of many.entries()) {
    await page.keyboard.type(sku);
    await page.keyboard.press('Enter');
    await page.keyboard.type(String(index + 1));
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/\/cart/);
  await page.getByText('50 products', { exact: true }).waitFor();
  // One dollar each: 1 + 2 + … + 50 of them.
  await page.getByText('$1,275.00').first().waitFor();
});
