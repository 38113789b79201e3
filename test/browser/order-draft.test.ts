import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { newPage } from './browser.ts';

const NEW = '/dashboard/orders/new';

let company: CompanyFixture;

beforeEach(async () => {
  company = await freshCompany();
  await createCustomer(as(company, 'OWNER'), { email: 'bella@cucina.test', name: 'Bella Cucina' });
  await productsFor(company, [
    { name: 'Olive oil', priceCents: 3750, stock: 6, unit: 'case' },
    { name: 'Sea salt', stock: 40 },
  ]);
});

const staff = () => newPage({}, { company, role: 'MEMBER' });
const notes = (page: Page) => page.getByLabel('Notes');
const saying = (page: Page, text: string) =>
  page.locator('#draft-status', { hasText: text }).waitFor();

it('has all of a half-typed order again after a link of the menu was followed', async () => {
  const page = await staff();
  await page.goto(NEW);
  await page.getByLabel('Find a customer').fill('bella');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Select Bella Cucina' }).click();
  await page.getByRole('button', { name: 'Add Olive oil' }).click();
  const quantity = page.getByLabel('Quantity of Olive oil');
  await expect
    .poll(() => quantity.evaluate((field) => field === document.activeElement))
    .toBe(true);
  await page.keyboard.type('12');
  await page.getByLabel('PO number').fill('PO-77');
  await notes(page).fill('Ring twice');
  // At once, before anything could be saved by itself.
  await page.getByRole('navigation', { name: 'Main' }).getByText('Customers').click();
  await page.getByRole('heading', { name: 'Customers' }).waitFor();
  await page.goto(NEW);
  await page.getByText(/^Your unfinished order from \d\d:\d\d\.$/).waitFor();
  expect(await quantity.inputValue()).toBe('12');
  expect(await page.getByLabel('PO number').inputValue()).toBe('PO-77');
  expect(await notes(page).inputValue()).toBe('Ring twice');
  await page.getByText('bella@cucina.test').waitFor();

  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('button', { name: 'Discard and start over' }).click();
  await quantity.waitFor({ state: 'detached' });
  expect(await notes(page).inputValue()).toBe('');
});

it('says while one types that there is less than that', async () => {
  const page = await staff();
  await page.goto(NEW);
  await page.getByRole('button', { name: 'Add Olive oil' }).click();
  await page.getByText('$37.50 / case · 6 in stock').waitFor();
  await page.getByLabel('Quantity of Olive oil').fill('7');
  await page.locator('.short-stock', { hasText: 'Only 6 in stock' }).waitFor();
  await page.getByText('$262.50').first().waitFor();
  expect(await page.getByLabel('Quantity of Olive oil').inputValue()).toBe('7');
});

it('keeps what is typed without a connection, and saves it when it is back', async () => {
  const page = await staff();
  await page.goto(NEW);
  await page.getByRole('button', { name: 'Add Sea salt' }).click();
  await page.getByLabel('Quantity of Sea salt').waitFor();
  await page.route(`**${NEW}`, (route) => route.abort('aborted'));
  await notes(page).fill('typed offline');
  await saying(page, 'Not saved: no connection');
  await Promise.all([
    page.waitForEvent(
      'requestfailed',
      (request) => request.postData()?.includes('placeOrder=') ?? false,
    ),
    page.getByRole('button', { name: 'Place order' }).click(),
  ]);
  await saying(page, 'Not saved: no connection');
  expect(await notes(page).inputValue()).toBe('typed offline');
  await page.unroute(`**${NEW}`);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await saying(page, 'Saved');
  const other = await staff();
  await other.goto(NEW);
  expect(await notes(other).inputValue()).toBe('typed offline');
});

it('stays with all that was typed when the server fails', async () => {
  const page = await staff();
  await page.goto(NEW);
  await page.route(`**${NEW}`, (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 413, body: 'x' })
      : route.continue(),
  );
  await notes(page).fill('typed before the failure');
  await page.getByRole('button', { name: 'Add Sea salt' }).click();
  await saying(page, 'Not saved: the server did not take it');
  expect(await notes(page).inputValue()).toBe('typed before the failure');
  await page.unroute(`**${NEW}`);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await saying(page, 'Saved');
});

it('leaves the focus where one types on while a product is added', async () => {
  const page = await staff();
  await page.goto(NEW);
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(`**${NEW}`, async (route) => {
    if (route.request().postData()?.includes('addProduct=') ?? false) await held;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Add Sea salt' }).click();
  await page.getByLabel('PO number').click();
  await page.keyboard.type('45');
  answer();
  await page.getByLabel('Quantity of Sea salt').waitFor();
  await page.keyboard.type('012');
  expect(await page.getByLabel('PO number').inputValue()).toBe('45012');
  expect(await page.getByLabel('Quantity of Sea salt').inputValue()).toBe('1');
});

it('is saved when its page is closed a moment after the last key', async () => {
  const page = await staff();
  await page.goto(NEW);
  await notes(page).fill('last words');
  await page.goto('about:blank');
  const again = await staff();
  await expect
    .poll(async () => {
      await again.goto(NEW);
      return notes(again).inputValue();
    })
    .toBe('last words');
});

it('asks which of two tabs counts, and loses neither', async () => {
  const [left, right] = [await staff(), await staff()];
  await left.goto(NEW);
  await notes(left).fill('left');
  await saying(left, 'Saved');
  await right.goto(NEW);
  await notes(right).fill('right');
  await saying(right, 'Saved');
  await notes(left).fill('left, too');
  await left.getByText('This order was changed in another tab.').waitFor();
  expect(await notes(left).inputValue()).toBe('left, too');
  await notes(left).fill('left, again');
  await right.reload();
  expect(await notes(right).inputValue()).toBe('right');
  await left.getByRole('button', { name: 'Save what is below' }).click();
  await saying(left, 'Saved');
  await right.reload();
  expect(await notes(right).inputValue()).toBe('left, again');
});
