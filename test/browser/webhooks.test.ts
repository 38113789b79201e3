import { describe, expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { freshCompany } from '../context.ts';
import { receiver } from '../server.ts';
import { newPage } from './browser.ts';

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'with JavaScript $javaScriptEnabled',
  ({ javaScriptEnabled }) => {
    it('makes a webhook, tests it, rotates its secret, deletes it', async () => {
      const company = await freshCompany();
      const path = `ok/${newId('webhook')}`;
      const url = receiver.url(path);
      const page = await newPage({ javaScriptEnabled }, { company, role: 'ADMIN' });
      const button = (name: string) => page.getByRole('button', { name });
      await page.goto('/dashboard/settings');
      await page.getByRole('link', { name: 'Webhooks' }).click();
      await page.getByRole('link', { name: 'New webhook' }).click();
      await page.getByLabel('URL').fill('https://10.0.0.1/');
      await button('Create webhook').click();
      await page.locator('#url:focus[aria-invalid=true]').waitFor();
      await page.getByLabel('URL').fill(url);
      await page.getByLabel('customer.created').check();
      await button('Create webhook').click();
      const secret = await page.getByLabel('Signing secret').inputValue();
      expect(secret).toMatch(/^whsec_/);
      await page.getByRole('link', { name: 'I have copied it' }).click();

      await button('Send test event').click();
      await page.getByText('The test event is on its way.').waitFor();
      expect(await page.content()).not.toContain(secret);
      await receiver.arrived(path);
      const row = page.getByRole('row').filter({ hasText: 'webhook.test' });
      await row.getByRole('link').click();
      await page.getByText('This is a test event.').waitFor();
      await page.getByRole('link', { name: 'All deliveries' }).click();

      await button('Rotate secret').first().click();
      const rotate = page.getByRole('dialog', { name: 'Rotate the signing secret?' });
      await rotate.getByRole('button', { name: 'Rotate secret' }).click();
      expect(await page.getByLabel('Signing secret').inputValue()).not.toBe(secret);
      await page.getByRole('link', { name: 'I have copied it' }).click();
      await page.getByText('Old secret signs until').waitFor();

      await button('Delete').first().click();
      const remove = page.getByRole('dialog', { name: `Delete the webhook to ${url}?` });
      await remove.getByRole('button', { name: 'Delete webhook' }).click();
      await page.getByText('No webhooks yet').waitFor();
    });
  },
);
