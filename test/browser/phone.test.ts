import { describe, expect, it } from 'vitest';
import { freshCompany } from '../context.ts';
import { joined, registered } from '../storefront.ts';
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

it('has the head of a store in one row from an upright tablet on, and scrolls nowhere sideways', async () => {
  const company = await freshCompany({ name: 'Nordic Foods' });
  const store = `/store/${company.slug}`;
  const { session } = await registered(company);
  const colleague = await joined(company, session, 'ADMIN');
  const page = await newPage({}, { store, session: colleague, companyId: company.id });
  await page.goto(`${store}/catalog`);
  const faults: string[] = [];
  for (const width of [320, 360, 390, 430, 767, 768, 820, 834, 991, 992, 1280]) {
    // oxlint-disable no-await-in-loop -- one after the other
    await page.setViewportSize({ width, height: 800 });
    const { height, sideways } = await page.evaluate(() => ({
      height: document.querySelector('.store-header')?.getBoundingClientRect().height ?? 0,
      sideways: document.documentElement.scrollWidth - innerWidth,
    }));
    // oxlint-enable no-await-in-loop
    if (sideways > 0) faults.push(`${width}: ${sideways} px sideways`);
    if (width >= 768 && height > 60) faults.push(`${width}: ${height} px high`);
  }
  expect(faults).toEqual([]);
  await page.setViewportSize({ width: 768, height: 800 });
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out.').waitFor();
});
