import { describe, expect, it } from 'vitest';
import { newPage } from './browser.ts';
import { mailedLink } from './mailed-link.ts';
import { logIn, signUp } from './sign-up.ts';

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'with JavaScript $javaScriptEnabled',
  ({ javaScriptEnabled }) => {
    it('signs out, and in again to where one was going', async () => {
      const page = await newPage({ javaScriptEnabled });
      const owner = await signUp(page);
      await page.getByText(owner.name).first().click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('You are signed out.').waitFor();

      await page.goto('/dashboard/customers/import');
      await page.waitForURL('/login?next=%2Fdashboard%2Fcustomers%2Fimport');
      await logIn(page, { ...owner, password: 'a wrong one' });
      await page.getByText('Invalid email or password.').waitFor();
      expect(await page.getByLabel('Email').inputValue()).toBe(owner.email);
      await page.locator('#password:focus').waitFor();
      await logIn(page, owner);
      await page.waitForURL('/dashboard/customers/import');
    });

    it('sets a forgotten password by the mailed link, once', async () => {
      const page = await newPage({ javaScriptEnabled });
      const owner = await signUp(page);
      const other = await newPage({ javaScriptEnabled });
      await other.goto('/login');
      await other.getByRole('link', { name: 'Forgot your password?' }).click();
      await other.getByLabel('Email').fill(owner.email);
      await other.getByRole('button', { name: 'Mail me a link' }).click();
      await other.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();

      const link = await mailedLink(owner.email, /\/reset-password\/\S+/);
      const password = `${owner.password} again`;
      await other.goto(link);
      await other.getByLabel('New password').fill(password);
      await other.getByLabel('Once more').fill('something else');
      await other.getByRole('button', { name: 'Set password' }).click();
      await other.getByText('The two passwords are not the same.').waitFor();
      await other.getByLabel('New password').fill(password);
      await other.getByLabel('Once more').fill(password);
      await other.getByRole('button', { name: 'Set password' }).click();
      await other.getByText('Your new password is set.').waitFor();
      await logIn(other, { email: owner.email, password });
      await other.waitForURL('/dashboard');

      await page.goto('/dashboard');
      await page.waitForURL(/\/login/);
      await page.goto(link);
      await page.getByText('This link no longer works').waitFor();
    });

    it('confirms the address by the mailed link', async () => {
      const page = await newPage({ javaScriptEnabled });
      const owner = await signUp(page);
      await page.goto('/dashboard/settings/profile');
      await page.getByText('Not confirmed').waitFor();
      const banner = page.getByText('until then your customers get no emails.');
      await banner.waitFor();
      await page.getByRole('button', { name: 'Send the link again' }).click();
      await page.getByText('The link is on its way to your mailbox.').waitFor();
      await page.goto(await mailedLink(owner.email, /\/verify-email\/\S+/));
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByText('Your email address is confirmed.').waitFor();
      await page.goto('/dashboard/settings/profile');
      await page.getByText('Confirmed', { exact: true }).waitFor();
      expect(await banner.count()).toBe(0);
    });

    it('signs all other browsers out', async () => {
      const page = await newPage({ javaScriptEnabled });
      const owner = await signUp(page);
      const other = await newPage({ javaScriptEnabled });
      await other.goto('/login');
      await logIn(other, owner);
      await other.waitForURL('/dashboard');

      await page.goto('/dashboard/settings/sessions');
      expect(await page.locator('tbody tr').count()).toBe(2);
      await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
      await page.getByText('All other browsers are signed out.').waitFor();
      expect(await page.locator('tbody tr').count()).toBe(1);
      await other.goto('/dashboard/customers');
      await other.waitForURL(/\/login/);
    });
  },
);
