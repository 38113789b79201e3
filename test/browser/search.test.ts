import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { registered } from '../storefront.ts';
import { newPage } from './browser.ts';

let company: CompanyFixture;
let store: string;
let session: Id<'session'>;

beforeEach(async () => {
  company = await freshCompany({ name: 'Nordic Foods' });
  store = `/store/${company.slug}`;
  ({ session } = await registered(company));
  await productsFor(company, [
    { name: 'Croissants', sku: 'BAK-115', description: 'All butter, ready to bake.' },
    { name: 'Unsalted Butter', sku: 'DAI-129' },
    { name: 'Eggplant, Baby', sku: 'PRO-1' },
    { name: 'Eggplant, Large', sku: 'PRO-2' },
    { name: 'Large Eggs, Cage Free', sku: 'DAI-101' },
    { name: 'Cola, Cane Sugar', sku: 'BEV-136' },
    { name: 'Granulated Sugar', sku: 'DRY-115' },
    { name: 'Baby Spinach', sku: 'PRO-108', description: 'Washed twice.' },
  ]);
});

const at = () => newPage({}, { store, session, companyId: company.id });
const option = (page: Page) => page.getByRole('option');

async function openPad(): Promise<Page> {
  const page = await at();
  await page.goto(`${store}/quick-order`);
  await page.locator('#pad-text:focus').waitFor();
  return page;
}

it('takes with Enter the product that is called what was typed', async () => {
  const page = await openPad();
  for (const [typed, name] of [
    ['butter', 'Unsalted Butter'],
    ['egg', 'Large Eggs, Cage Free'],
    ['sugar', 'Granulated Sugar'],
    ['dai129', 'Unsalted Butter'],
  ] as const) {
    await page.keyboard.type(typed);
    await page.locator('[role=option][aria-selected=true]').getByText(name).waitFor();
    await page.keyboard.press('Enter');
    expect(await page.locator('#pad-text').inputValue()).toBe(name);
    await page.keyboard.press('Enter');
  }
  const rows = await page.locator('.pad-line-name').allInnerTexts();
  expect(rows.map((row) => row.split('\n')[0])).toEqual([
    'Unsalted Butter',
    'Granulated Sugar',
    'Large Eggs, Cage Free',
    'Unsalted Butter',
  ]);
});

it('takes nothing with Enter that only the description has, or that only looks so', async () => {
  const page = await openPad();
  await page.keyboard.type('washed');
  await option(page).getByText('Baby Spinach').waitFor();
  expect(await page.locator('[role=option][aria-selected=true]').count()).toBe(0);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.getByText('Not checked yet', { exact: true }).waitFor();

  await page.keyboard.type('spinich');
  await page.getByText('Closest matches').waitFor();
  expect(await page.locator('[role=option][aria-selected=true]').count()).toBe(0);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await page.locator('#pad-text').inputValue()).toBe('Baby Spinach');
  await page.keyboard.press('Enter');

  await page.keyboard.type('qqqq');
  await page.getByRole('status').getByText('No products found').waitFor();
});

it('shows the closest products in the catalog, and the best match first', async () => {
  const page = await at();
  await page.goto(`${store}/catalog`);
  const sort = page.getByLabel('Sort by');
  expect(await sort.locator('option').first().innerText()).toBe('Name');
  await page.getByRole('searchbox').fill('spinich');
  await page.getByText('No exact match for “spinich”. Closest products:').waitFor();
  await page.getByRole('heading', { name: 'Baby Spinach' }).waitFor();
  await sort.locator('option').first().getByText('Best match').waitFor({ state: 'attached' });

  await page.getByRole('searchbox').fill('egg');
  await page.getByText('No exact match').waitFor({ state: 'detached' });
  expect(await page.locator('.product h2').allInnerTexts()).toEqual([
    'Large Eggs, Cage Free',
    'Eggplant, Baby',
    'Eggplant, Large',
  ]);
  await page.getByRole('searchbox').fill('qqqq');
  await page.getByText('No products found').waitFor();
  await page.getByText('Check the spelling or try fewer words.').waitFor();
});

it('says that it searches while the answer is on its way', async () => {
  const page = await at();
  await page.goto(`${store}/catalog`);
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(/catalog\?q=/, async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole('searchbox').fill('egg');
  await page.locator('#products[aria-busy=true]').waitFor();
  answer();
  await page.getByRole('heading', { name: 'Croissants' }).waitFor({ state: 'detached' });
  await page.locator('#products[aria-busy=true]').waitFor({ state: 'detached' });
});
