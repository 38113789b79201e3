import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { setPrice } from '#src/prices/set-price.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { newPage } from './browser.ts';

let company: CompanyFixture;
let prices: string;

beforeEach(async () => {
  company = await freshCompany();
  const owner = as(company, 'OWNER');
  const { id } = await createCustomer(owner, { email: 'a@example.com', name: 'Bella Cucina' });
  const [flour = 'prd_', rice = 'prd_'] = await productsFor(company, [
    { name: 'Flour' },
    { name: 'Brown rice' },
    { name: 'Olive oil', priceCents: 4250 },
    { name: 'Olives' },
  ]);
  await setPrice(owner, id, flour, { price: 900, seen: null });
  await setPrice(owner, id, rice, { price: 800, seen: null });
  prices = `/dashboard/customers/${id}/prices`;
});

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'with JavaScript $javaScriptEnabled',
  ({ javaScriptEnabled }) => {
    it('finds a price and a product beside each other, and keeps both searches', async () => {
      const page = await newPage({ javaScriptEnabled }, { company, role: 'MEMBER' });
      const search = async (label: string, text: string) => {
        await page.getByRole('search', { name: label }).getByRole('searchbox').fill(text);
        if (!javaScriptEnabled) await page.keyboard.press('Enter');
      };
      await page.goto(prices);
      await search('Search custom prices by product', 'flour');
      await page.getByLabel('Custom price of Brown rice').waitFor({ state: 'detached' });
      await search('Find a product to price', 'oil');
      const typed = page.getByLabel('Custom price of Olive oil');
      await typed.waitFor();
      await page.waitForURL((url) => url.searchParams.get('add') === 'oil');
      expect(new URL(page.url()).searchParams.get('q')).toBe('flour');

      await typed.fill('36,13');
      await typed.press('Enter');
      await page.getByText('Did you mean 36.13? Use a dot for decimals.').waitFor();
      expect(await typed.inputValue()).toBe('36,13');
      expect(await typed.evaluate((field) => field === document.activeElement)).toBe(true);
      await typed.fill('36.13');
      await typed.press('Enter');
      await page.getByText('The price is saved.').waitFor();
      const { searchParams } = new URL(page.url());
      expect(Object.fromEntries(searchParams)).toEqual({ q: 'flour', add: 'oil' });
      expect(await page.getByLabel('Custom price of Flour').count()).toBe(1);
      await page.getByText('No product without a custom price matches.').waitFor();
    });
  },
);

it('keeps what is typed into a price while a product is looked for', async () => {
  const page = await newPage({}, { company, role: 'MEMBER' });
  await page.goto(prices);
  const flour = page.getByLabel('Custom price of Flour');
  await flour.fill('9.50');
  await page.getByPlaceholder('Find a product').fill('olive');
  const olives = page.getByLabel('Custom price of Olives');
  await olives.fill('3');
  await page.getByPlaceholder('Search product or SKU').fill('flo');
  await page.getByLabel('Custom price of Brown rice').waitFor({ state: 'detached' });
  expect(await olives.inputValue()).toBe('3');
  await page.getByPlaceholder('Search product or SKU').fill('');
  await page.getByLabel('Custom price of Brown rice').waitFor();
  await flour.fill('9.50');
  await page.getByPlaceholder('Find a product').fill('oil');
  await olives.waitFor({ state: 'detached' });
  expect(await flour.inputValue()).toBe('9.50');
});
