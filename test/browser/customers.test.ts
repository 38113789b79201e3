import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { newPage } from './browser.ts';
import { signUp } from './sign-up.ts';

const CSV = [
  'Mail address,Name,Remarks,Credit limit',
  'bella@cucina.example,Bella Cucina,Dock B,5000',
  'harbor@grill.example,Harbor Grill,,1200.50',
  'nordlys@cafe.example,Café Nordlys,Ring twice,',
].join('\r\n');

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'with JavaScript $javaScriptEnabled',
  ({ javaScriptEnabled }) => {
    it('signs up, imports, finds, edits, blocks, exports, undoes', async () => {
      const page = await newPage({ javaScriptEnabled });
      await signUp(page);
      await page.getByRole('heading', { name: 'First steps' }).waitFor();
      await page.getByRole('link', { name: 'Import your customers' }).click();

      await upload(page, Buffer.from(CSV), 'customers.csv');
      const importButton = page.getByRole('button', { name: 'Import', exact: true });
      expect(await importButton.isDisabled()).toBe(true);
      await page.getByText('No column for Email: choose one.').waitFor();
      await page.getByLabel('Email').selectOption('Mail address');
      await page.getByRole('button', { name: 'Update preview' }).click();
      await page.getByText('3 to create / 0 to update / 0 unchanged').waitFor();
      await importButton.click();
      await page.getByText('3 customers created, 0 updated, 0 unchanged.').waitFor();
      const importPath = new URL(page.url()).pathname;

      await page.getByRole('navigation', { name: 'Main' }).getByText('Customers').click();
      await search(page, 'bella', javaScriptEnabled);
      await page.getByRole('link', { name: 'Bella Cucina' }).click();

      const notes = page.getByLabel('Notes');
      const creditLimit = page.getByLabel('Credit limit');
      await notes.fill('Closed on Mondays');
      await creditLimit.fill('1.200,50');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Did you mean 1,200.50? Use a dot for decimals.').waitFor();
      expect(await notes.inputValue()).toBe('Closed on Mondays');
      expect(await creditLimit.inputValue()).toBe('1.200,50');
      await page.locator('#creditLimit:focus').waitFor();

      await creditLimit.fill('$1,200.50');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Bella Cucina is saved.').waitFor();
      expect(await notes.inputValue()).toBe('Closed on Mondays');

      await page.getByRole('button', { name: 'Block', exact: true }).click();
      await page.getByRole('dialog', { name: 'Block Bella Cucina?' }).waitFor();
      await page.getByRole('button', { name: 'Block customer' }).click();
      await page.getByText('Bella Cucina is blocked.').waitFor();

      await page.getByRole('navigation', { name: 'Main' }).getByText('Customers').click();
      const exported = await download(page, 'Export CSV');
      expect(rowsOf(exported)).toHaveLength(3);
      expect(rowsOf(exported)).toContainEqual({
        email: 'bella@cucina.example',
        name: 'Bella Cucina',
        status: 'BLOCKED',
        notes: 'Closed on Mondays',
        creditLimit: '1200.50',
      });

      await page.getByRole('link', { name: 'Import CSV' }).click();
      await upload(page, exported, 'export.csv');
      await page.getByText('0 to create / 0 to update / 3 unchanged').waitFor();

      await page.getByRole('link', { name: 'Upload another file' }).click();
      await page.getByRole('link', { name: 'customers.csv' }).click();
      expect(new URL(page.url()).pathname).toBe(importPath);
      await page.getByRole('button', { name: 'Undo import' }).click();
      const dialog = page.getByRole('dialog', { name: 'Undo the import of customers.csv?' });
      await dialog.getByText('Except for 1 customer that changed since').waitFor();
      await dialog.getByRole('button', { name: 'Undo import' }).click();
      await page
        .getByText('2 customers removed, 0 restored, 1 kept because they changed since.')
        .waitFor();
      await page.getByRole('link', { name: 'bella@cucina.example' }).click();
      await page.getByRole('heading', { name: 'Bella Cucina' }).waitFor();
    });
  },
);

async function upload(page: Page, buffer: Buffer, name: string): Promise<void> {
  await page.getByLabel('CSV file').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Upload and preview' }).click();
  await page.waitForURL(/\/import\/imp_/);
}

async function search(page: Page, text: string, live: boolean): Promise<void> {
  const box = page.getByRole('searchbox');
  await box.fill(text);
  if (!live) await box.press('Enter');
  await page.waitForURL(/q=bella/);
  await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
}

async function download(page: Page, link: string): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link }).click(),
  ]);
  return readFile(await file.path());
}

function rowsOf(csv: Buffer): unknown[] {
  const text = new TextDecoder().decode(csv);
  const { data, errors } = Papa.parse(text, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  return data;
}
