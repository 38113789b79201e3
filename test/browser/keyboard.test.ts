import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { as, freshCompany } from '../context.ts';
import { newPage } from './browser.ts';

let company: CompanyFixture;
let page: Page;

beforeEach(async () => {
  company = await freshCompany();
  for (const name of ['Bella Cucina', 'Harbor Grill']) {
    const email = `${name.slice(0, 5).toLowerCase()}@food.example`;
    await createCustomer(as(company, 'OWNER'), { email, name });
  }
  page = await newPage({}, { company });
});

describe('by keyboard alone', () => {
  it('skips to the content', async () => {
    await page.goto('/dashboard/customers');
    await page.keyboard.press('Tab');
    await page.locator('.skip-link:focus-visible').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('main:focus').waitFor();
    await tabTo(page, page.getByRole('link', { name: 'Export CSV' }), 1);
  });

  it('searches, opens, blocks', async () => {
    await page.goto('/dashboard/customers');
    await page.keyboard.press('/');
    await page.locator('input[type=search]:focus-visible').waitFor();
    await page.keyboard.type('bell');
    await page.waitForURL(/q=bell/);
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    await page.locator('input[type=search]:focus').waitFor();
    await tabTo(page, page.getByRole('link', { name: 'Bella Cucina' }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Bella Cucina' }).waitFor();

    const block = page.getByRole('button', { name: 'Block', exact: true });
    await tabTo(page, block);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Block Bella Cucina?' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await isFocused(block)).toBe(true);
    await page.keyboard.press('Space');
    await tabTo(page, dialog.getByRole('button', { name: 'Block customer' }));
    await page.keyboard.press('Enter');
    await page.getByText('Bella Cucina is blocked.').waitFor();
  });

  it('imports', async () => {
    const file = join(tmpdir(), `distribu-${company.id}.csv`);
    await writeFile(file, 'Mail address\nnew@food.example\n');
    await page.goto('/dashboard/customers/import');
    const input = page.getByLabel('CSV file');
    await tabTo(page, input);
    // What Enter opens here is a window of the system's own; the file it would give is given.
    await input.setInputFiles(file);
    await tabTo(page, page.getByRole('button', { name: 'Upload and preview' }));
    await page.keyboard.press('Enter');
    await page.getByText('No column for Email: choose one.').waitFor();
    await page.locator('select#email:focus').waitFor();
    await page.keyboard.type('Mail');
    await tabTo(page, page.getByRole('button', { name: 'Update preview' }));
    await page.keyboard.press('Enter');
    await page.getByText('1 to create / 0 to update / 0 unchanged').waitFor();
    await tabTo(page, page.getByRole('button', { name: 'Import', exact: true }));
    await page.keyboard.press('Enter');
    await page.getByText('1 customer created, 0 updated, 0 unchanged.').waitFor();
  });

  it('opens and closes the menu', async () => {
    await page.goto('/dashboard');
    const summary = page.locator('.shell-user summary');
    await tabTo(page, summary);
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('link', { name: 'Profile' }), 1);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Profile' }).waitFor({ state: 'hidden' });
    expect(await isFocused(summary)).toBe(true);
  });
});

const isFocused = (locator: Locator) =>
  locator.evaluate((element) => element === document.activeElement);

/** Presses Tab until the control has the focus; wherever the focus is on its way, it shows. */
async function tabTo(target: Page, control: Locator, most = 40): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    await target.keyboard.press('Tab');
    const shows = await target.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return true;
      const after = getComputedStyle(focused, '::after').outlineStyle;
      const outline = getComputedStyle(focused).outlineStyle;
      return focused.matches(':focus-visible') && (outline !== 'none' || after !== 'none');
    });
    expect(shows, 'the focus is visible').toBe(true);
    if (await isFocused(control)) return;
  }
  expect.fail(`Tab never reached ${String(control)}`);
}
