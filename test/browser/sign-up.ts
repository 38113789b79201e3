import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';

export type Owner = { companyName: string; name: string; email: string; password: string };

/** Signs a company up as its owner does, from the landing page to the dashboard. */
export async function signUp(page: Page): Promise<Owner> {
  const handle = randomBytes(5).toString('hex');
  const owner = {
    companyName: `Nordic Foods ${handle}`,
    name: 'Maria Lindqvist',
    email: `maria@${handle}.test`,
    password: `correct horse ${handle}`,
  };
  await page.goto('/');
  await page.getByRole('link', { name: 'Start a free trial' }).click();
  await page.getByLabel('Company name').fill(owner.companyName);
  await page.getByLabel('Your name').fill(owner.name);
  await page.getByLabel('Email').fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Create company' }).click();
  await page.waitForURL('/dashboard');
  return owner;
}

export async function logIn(
  page: Page,
  { email, password }: Pick<Owner, 'email' | 'password'>,
): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Log in' }).click();
}
