import { beforeAll, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { getProduct } from '#src/catalog/queries.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { newPage } from './browser.ts';

let company: CompanyFixture;
let salt: Id<'product'>;

beforeAll(async () => {
  company = await freshCompany();
  await createCustomer(as(company, 'OWNER'), { email: 'bella@cucina.test', name: 'Bella Cucina' });
  [, salt = 'prd_'] = await productsFor(company, [
    { name: 'Olive oil', priceCents: 3750 },
    { name: 'Sea salt' },
  ]);
});

it('puts an order together with the keyboard, and reloads nothing before it is placed', async () => {
  const page = await newPage({}, { company, role: 'MEMBER' });
  await page.goto('/dashboard/orders/new');
  await page.evaluate(() => {
    document.body.dataset['first'] = 'yes';
  });
  await page.getByLabel('Find a customer').fill('bella');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Select Bella Cucina' }).press('Enter');
  await page.getByRole('button', { name: 'Change' }).waitFor();
  await page.getByLabel('Find a product').fill('oil');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add Sea salt' }).waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('find-product');
  await page.getByRole('button', { name: 'Add Olive oil' }).press('Enter');
  await page.getByLabel('Quantity of Olive oil').fill('3');
  // Enter presses none of the form's buttons: the customer stays, and nothing is placed.
  await page.keyboard.press('Enter');
  await page.getByText('$112.50').first().waitFor();
  expect(await page.getByRole('button', { name: 'Change' }).count()).toBe(1);
  expect(await page.evaluate(() => document.body.dataset['first'])).toBe('yes');
  await page.getByRole('button', { name: 'Place order' }).press('Enter');
  await page.getByText(/^Order #\d+ is placed\.$/).waitFor();

  await page.getByRole('button', { name: 'Confirm' }).press('Enter');
  await page.getByText('The order is confirmed.').waitFor();
  await page.locator('summary', { hasText: 'More moves' }).press('Enter');
  await page.getByRole('button', { name: 'Mark as delivered' }).press('Enter');
  await page.getByText('The order is delivered.').waitFor();
  await page.getByRole('button', { name: 'Cancel order' }).press('Enter');
  const dialog = page.getByRole('dialog');
  expect(await dialog.textContent()).toMatch(/Cancel order #\d+\?.*back into stock/);
  await dialog.getByRole('button', { name: 'Cancel order' }).press('Enter');
  await page.getByText('The order is cancelled.').waitFor();
  expect(await page.getByText('More moves').count()).toBe(0);
});

it.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'places an order, ships it and cancels it with JavaScript $javaScriptEnabled; the stock is back',
  async ({ javaScriptEnabled }) => {
    const page = await newPage({ javaScriptEnabled }, { company, role: 'MEMBER' });
    const stock = async () => (await getProduct(as(company, 'OWNER'), salt)).stock;
    const before = await stock();
    await page.goto('/dashboard/orders');
    await page.getByRole('link', { name: 'New order' }).click();
    await page.getByLabel('Find a product').fill('salt');
    await page.getByLabel('Find a product').press('Enter');
    await page.getByRole('button', { name: 'Add Olive oil' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Add Sea salt' }).click();
    // More than there is: said beside the field, nothing is placed.
    await page.getByLabel('Quantity of Sea salt').fill('9000');
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByText(`Only ${before} in stock.`).waitFor();
    await page.getByLabel('Quantity of Sea salt').fill('7');
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByText(/^Order #\d+ is placed\.$/).waitFor();
    expect(await stock()).toBe(before - 7);
    for (const [press, says] of [
      ['Confirm', 'The order is confirmed.'],
      ['Mark as shipped', 'The order is shipped.'],
    ] as const) {
      await page.getByRole('button', { name: press }).first().click();
      await page.getByText(says).waitFor();
    }
    await page.getByRole('button', { name: 'Cancel order' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel order' }).click();
    await page.getByText('The order is cancelled.').waitFor();
    expect(await stock()).toBe(before);
  },
);
