import { describe, it } from 'vitest';
import { freshCompany } from '../context.ts';
import { newPage } from './browser.ts';

const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'on a phone, with JavaScript $javaScriptEnabled',
  ({ javaScriptEnabled }) => {
    it('goes through the menu, and out', async () => {
      const company = await freshCompany();
      const page = await newPage({ ...PHONE, javaScriptEnabled }, { company });
      await page.goto('/dashboard');
      const menu = page.getByLabel('Menu', { exact: true });
      const panel = page.locator('.shell-phone-panel');
      await panel.waitFor({ state: 'hidden' });
      await menu.tap();
      await panel.getByRole('link', { name: 'Customers' }).tap();
      await page.waitForURL('/dashboard/customers');
      await menu.tap();
      await panel.getByRole('button', { name: 'Sign out' }).tap();
      await page.getByText('You are signed out.').waitFor();
    });
  },
);
