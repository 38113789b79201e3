import { describe, expect, it } from 'vitest';
import { argon2Hasher } from '#db/seed/argon2-hasher.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { as, freshCompany } from '../context.ts';
import { call } from '../api.ts';
import { newPage } from './browser.ts';

const PASSWORD = 'the right password';

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'with JavaScript $javaScriptEnabled',
  ({ javaScriptEnabled }) => {
    it('creates an API key, shows it once, revokes it', async () => {
      const passwordHash = await argon2Hasher.hash(PASSWORD);
      const company = await freshCompany({ passwordHash });
      await createCustomer(as(company, 'OWNER'), { email: 'bella@cucina.example' });
      const page = await newPage({ javaScriptEnabled }, { company, role: 'ADMIN' });
      await page.goto('/dashboard/settings/api-keys');
      await page.getByLabel('Name').fill('ERP');
      await page.getByLabel('Customers — Read').check();
      await page.getByLabel('Your password').fill('a wrong one');
      await page.keyboard.press('Enter');
      await page.getByText('This is not your password.').waitFor();
      await page.locator('#password:focus[aria-invalid=true]').waitFor();
      expect(await page.getByLabel('Name').inputValue()).toBe('ERP');
      expect(await page.getByLabel('Customers — Read').isChecked()).toBe(true);
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press('Enter');
      await page.getByText('Copy the key now').waitFor();
      const key = await page.getByLabel('API key', { exact: true }).inputValue();
      expect(await call('GET', '/customers', { key })).toMatchObject({
        status: 200,
        body: { data: [{ email: 'bella@cucina.example' }] },
      });

      await page.getByRole('link', { name: 'I have copied it' }).click();
      await page.getByLabel('Name').waitFor();
      expect(await page.content()).not.toContain(key);
      expect(await page.getByLabel('Your password').count()).toBe(0);
      await page.getByRole('button', { name: 'Revoke' }).click();
      const dialog = page.getByRole('dialog', { name: 'Revoke “ERP”?' });
      await dialog.getByRole('button', { name: 'Revoke key' }).click();
      await page.getByText('“ERP” is revoked.').waitFor();
      expect(await call('GET', '/customers', { key })).toMatchObject({ status: 401 });
    });

    it('changes the slug, and says what is wrong with one', async () => {
      const company = await freshCompany();
      const other = await freshCompany();
      const page = await newPage({ javaScriptEnabled }, { company });
      await page.goto('/dashboard/settings/storefront');
      const slug = page.getByLabel('Storefront address');
      const save = page.getByRole('button', { name: 'Save' });
      expect(await slug.inputValue()).toBe(company.slug);

      await slug.fill(other.slug);
      await page.getByLabel('Phone').fill('+1 360 555 0100');
      await save.click();
      await page.locator('#slug:focus[aria-invalid=true]').waitFor();
      expect(await page.locator('#slug-error').textContent()).toMatch(/taken/);
      expect(await page.getByLabel('Phone').inputValue()).toBe('+1 360 555 0100');

      await slug.fill(`new-${company.slug}`);
      await save.click();
      await page.getByText('Storefront settings saved.').waitFor();
      const link = page.getByLabel('Link to share with customers');
      expect(await link.inputValue()).toMatch(new RegExp(`/store/new-${company.slug}$`));
      await page.goto('/dashboard/settings/company');
      await page.getByLabel('Company name').fill('Renamed Foods');
      await save.click();
      await page.getByText('The company settings are saved.').waitFor();
      await page.getByText('Renamed Foods').first().waitFor();
    });

    it('shows both values where two people edited one customer', async () => {
      const company = await freshCompany();
      const { id } = await createCustomer(as(company, 'OWNER'), {
        email: 'bella@cucina.example',
        notes: 'Dock A',
      });
      const first = await newPage({ javaScriptEnabled }, { company, role: 'OWNER' });
      const second = await newPage({ javaScriptEnabled }, { company, role: 'MEMBER' });
      for (const page of [first, second]) await page.goto(`/dashboard/customers/${id}`);

      await first.getByLabel('Notes').fill('Dock B');
      await first.getByRole('button', { name: 'Save' }).click();
      await first.getByText('bella@cucina.example is saved.').waitFor();

      await second.getByLabel('Notes').fill('Dock C');
      await second.getByRole('button', { name: 'Save' }).click();
      await second.getByText('Somebody else has changed this customer meanwhile').waitFor();
      expect(await second.getByLabel('Notes: yours').inputValue()).toBe('Dock C');
      expect(await second.getByLabel('Notes: saved meanwhile').inputValue()).toBe('Dock B');
      await second.getByRole('button', { name: 'Save mine instead' }).click();
      await second.getByText('bella@cucina.example is saved.').waitFor();
      expect(await second.getByLabel('Notes').inputValue()).toBe('Dock C');
    });
  },
);
