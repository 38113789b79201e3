import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { as, freshCompany } from '../context.ts';
import { importCsv } from '../imports.ts';
import { PUBLIC_URL } from '../server.ts';
import { someEmail } from '../storefront.ts';
import { newPage } from './browser.ts';
import { mailedLink } from './mailed-link.ts';
import { logIn } from './sign-up.ts';

const PASSWORD = 'correct horse';
let company: CompanyFixture;
let store: string;

beforeEach(async () => {
  company = await freshCompany({ name: 'Nordic Foods' });
  store = `/store/${company.slug}`;
});

async function register(page: Page): Promise<string> {
  const email = someEmail();
  await page.goto(store);
  await page.waitForURL(`${store}/login`);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Business name').fill('Blue Plate');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(`${store}/catalog`);
  return email;
}

async function choosePassword(page: Page, button: string): Promise<void> {
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByLabel('Once more').fill(PASSWORD);
  await page.getByRole('button', { name: button }).click();
}

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'with JavaScript $javaScriptEnabled',
  ({ javaScriptEnabled }) => {
    it('registers, confirms, keeps addresses, signs out and in again', async () => {
      const page = await newPage({ javaScriptEnabled });
      const email = await register(page);
      await page.getByText('No products yet').waitFor();
      await page.goto(await mailedLink(email, /\/store\/\S+\/verify-email\/\S+/));
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByText('confirmed').first().waitFor();

      await page.goto(`${store}/account/addresses`);
      await page.getByLabel('Name').fill('Kitchen');
      await page.getByLabel('Address', { exact: true }).fill('Main Street 1');
      await page.getByLabel('City').fill('Springfield');
      await page.getByLabel('Default address').check();
      await page.getByRole('button', { name: 'Add address' }).click();
      await page.getByText('“Kitchen” is added.').waitFor();
      await page.getByText('Main Street 1').first().waitFor();

      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('You are signed out.').waitFor();
      await page.goto(`${store}/account`);
      await page.waitForURL(/\/login\?next=/);
      await logIn(page, { email, password: 'a wrong one' });
      await page.getByText('Invalid email or password.').waitFor();
      await logIn(page, { email, password: PASSWORD });
      await page.waitForURL(`${store}/account`);
    });

    it('sets the first password of a customer whom the store has imported', async () => {
      const email = someEmail();
      await importCsv(company, `email,name\n${email},Blue Plate\n`);
      const page = await newPage({ javaScriptEnabled });
      await page.goto(`${store}/login`);
      await page.getByRole('link', { name: 'Set a password' }).click();
      await page.getByLabel('Email').fill(email);
      await page.getByRole('main').getByRole('button').click();
      await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
      await page.goto(await mailedLink(email, /\/store\/\S+\/reset\/\S+/));
      await choosePassword(page, 'Set password');
      await page.waitForURL(new RegExp(`${store}/login`));
      await logIn(page, { email, password: PASSWORD });
      await page.waitForURL(`${store}/catalog`);
    });

    it('invites a contact, who is out once switched off', async () => {
      const customer = await createCustomer(as(company, 'OWNER'), {
        email: someEmail(),
        name: 'Bella Cucina',
      });
      const email = someEmail();
      const staff = await newPage({ javaScriptEnabled }, { company });
      await staff.goto(`/dashboard/customers/${customer.id}`);
      await staff.getByText('Invite a contact').click();
      await staff.getByLabel('Email').fill(email);
      await staff.getByLabel('Role').first().selectOption('VIEWER');
      await staff.getByRole('button', { name: 'Send invitation' }).click();
      await staff.getByText('Invited', { exact: true }).waitFor();
      const invitation = new URL(await staff.getByLabel('Copy invite link').inputValue());
      expect(invitation.origin).toBe(PUBLIC_URL);
      const link = invitation.pathname;

      const person = await newPage({ javaScriptEnabled });
      await person.goto(link);
      await person.getByText('You are invited to order from Nordic Foods.').waitFor();
      await choosePassword(person, 'Set password and log in');
      await person.waitForURL(`${store}/catalog`);
      await person.getByText('Viewer', { exact: true }).waitFor();
      await person.goto(link);
      await person.getByText('no longer works').first().waitFor();

      await staff.reload();
      await staff.getByText(`Edit ${email}`).click();
      await staff.getByLabel('May log in').uncheck();
      await staff.getByRole('button', { name: 'Save contact' }).click();
      await staff.getByText('Off', { exact: true }).waitFor();
      await person.goto(`${store}/catalog`);
      await person.waitForURL(/\/login/);
    });

    it('is signed in at two stores side by side, and at neither by the staff log-in', async () => {
      const page = await newPage({ javaScriptEnabled }, { company });
      const first = store;
      const email = await register(page);
      company = await freshCompany({ name: 'Fresh Foods' });
      store = `/store/${company.slug}`;
      await page.goto(`${store}/catalog`);
      await page.waitForURL(/\/login/);
      const other = await register(page);
      for (const [at, who] of [
        [first, email],
        [store, other],
      ] as const) {
        await page.goto(`${at}/account`);
        await page.getByText(who).first().waitFor();
      }
      await page.goto('/dashboard');
      expect(new URL(page.url()).pathname).toBe('/dashboard');
    });
  },
);

it('goes by keyboard alone, from the link to the address book', async () => {
  const page = await newPage();
  const type = async (label: string, text: string) => {
    for (let presses = 0; presses < 30; presses += 1) {
      await page.keyboard.press('Tab');
      const focused = page.locator(':focus');
      if (
        await focused.evaluate(
          (at, name) =>
            at.matches('input') &&
            (at as HTMLInputElement).labels?.[0]?.textContent?.trim().startsWith(name),
          label,
        )
      ) {
        await page.keyboard.type(text);
        return;
      }
    }
    throw new Error(`${label} cannot be reached.`);
  };
  await page.goto(`${store}/register`);
  await type('Business name', 'Blue Plate');
  await type('Email', someEmail());
  await type('Password', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${store}/catalog`);
  await page.goto(`${store}/account/addresses`);
  await type('Name', 'Kitchen');
  await type('Address', 'Main Street 1');
  await type('City', 'Springfield');
  await page.keyboard.press('Enter');
  await page.getByText('“Kitchen” is added.').waitFor();
});
