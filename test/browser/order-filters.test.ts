import { beforeAll, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import { newId } from '#db/ids.ts';
import { placeOrder } from '#src/orders/place-order.ts';
import { as, freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { newPage } from './browser.ts';

let company: CompanyFixture;

beforeAll(async () => {
  company = await freshCompany();
  const [productId] = await productsFor(company, [{ name: 'Salt', priceCents: 500 }]);
  const lines = [{ productId, quantity: 1 }];
  await placeOrder(as(company, 'MEMBER'), { id: newId('order'), lines });
});

it('marks a total that cannot be read while it is typed, and applies one that can', async () => {
  const page = await newPage({}, { company, role: 'MEMBER' });
  await page.goto('/dashboard/orders');
  const least = page.getByPlaceholder('Min total');
  const rows = page.locator('#orders tbody tr');
  await least.pressSequentially('1.200');
  await page.getByText('Min total: Did you mean 1,200 or 1.20?').waitFor();
  expect(await least.getAttribute('aria-invalid')).toBe('true');
  expect(await least.getAttribute('aria-describedby')).toBe('min-problem');
  expect(await rows.count()).toBe(1);
  await least.fill('$1,000');
  await page.getByText('No order matches').waitFor();
  expect(await least.getAttribute('aria-invalid')).toBeNull();
  expect(await least.inputValue()).toBe('$1,000');
  expect(await least.evaluate((field) => field === document.activeElement)).toBe(true);
});

it('keeps what is typed while an answer to less of it is on its way', async () => {
  const page = await newPage({}, { company, role: 'MEMBER' });
  await page.goto('/dashboard/orders');
  const held: (() => void)[] = [];
  const isFirst = (url: URL) => url.searchParams.get('min') === '1';
  await page.route(isFirst, async (route) => {
    await new Promise<void>((resolve) => held.push(resolve));
    await route.continue().catch(() => {});
  });
  const asked = page.waitForRequest((request) => isFirst(new URL(request.url())));
  const least = page.getByPlaceholder('Min total');
  await least.pressSequentially('1');
  await asked;
  const answered = page.waitForResponse((response) => response.url().includes('min=12'));
  await least.press('2');
  await least.press('Tab');
  for (const release of held) release();
  await answered;
  await page.getByText('No order matches').waitFor();
  expect(await least.inputValue()).toBe('12');
});
