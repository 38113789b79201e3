import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkOut, type Kitchen, kitchen, oilField, shown } from './cart.ts';

let k: Kitchen;

beforeEach(async () => {
  k = await kitchen();
});

const saltField = (page: Page) => page.getByLabel('Quantity of Sea salt');

describe('a quantity', () => {
  it('is what was typed last, though it was added and emptied before', async () => {
    const page = await k.at();
    await page.goto(`${k.store}/catalog`);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Add Olive oil' }).click();
    await oilField(page).fill('');
    await oilField(page).fill('12');
    await page.context().setOffline(false);
    await page.getByText('12 in cart').waitFor();
    expect(await k.stored(k.oil)).toBe(12);
  });

  it('is counted on from a number with thousands', async () => {
    await k.put(k.oil, 2);
    const page = await k.at();
    await page.goto(`${k.store}/cart`);
    await oilField(page).fill('1,200');
    await page.getByRole('button', { name: 'One more Olive oil' }).click();
    await expect.poll(() => k.stored(k.oil)).toBe(1_201);
  });

  it('is saved in a browser that stores nothing', async () => {
    await k.put(k.oil, 2);
    const page = await k.at();
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'localStorage', { get: () => null });
      Object.defineProperty(globalThis, 'sessionStorage', { get: () => null });
    });
    await page.goto(`${k.store}/cart`);
    await oilField(page).fill('9');
    await checkOut(page).click();
    expect(await shown(page, 'Olive oil')).toBe(9);
  });

  it('that is refused where its field is not shown is told on the next page', async () => {
    await k.put(k.oil, 2);
    const page = await k.at();
    await page.goto(`${k.store}/cart`);
    await page.route(/\/cart$/, (route) =>
      route.request().method() === 'POST' ? route.abort('aborted') : route.continue(),
    );
    await oilField(page).fill('2.5');
    await page.getByRole('status').getByText('Not saved: no connection.').waitFor();
    await page.unroute(/\/cart$/);
    await page.goto(`${k.store}/checkout`);
    await page
      .getByText('A quantity in your cart was not saved. Quantity must be a whole number')
      .waitFor();
    expect(await k.stored(k.oil)).toBe(2);
  });

  it('is not put back into a field that was emptied while another line was removed', async () => {
    await k.put(k.oil, 2);
    await k.put(k.salt, 5);
    const page = await k.at();
    await page.goto(`${k.store}/cart`);
    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route(/\/cart$/, async (route) => {
      if (route.request().method() === 'POST') await held;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Remove Olive oil' }).click();
    await saltField(page).fill('');
    answer();
    await oilField(page).waitFor({ state: 'detached' });
    expect(await saltField(page).inputValue()).toBe('');
    await page.keyboard.type('12');
    await expect.poll(() => k.stored(k.salt)).toBe(12);
  });
});

describe('the pad of the quick order', () => {
  it('keeps its lines until some of them are in the cart', async () => {
    const page = await k.at();
    await page.goto(`${k.store}/quick-order`);
    await page.locator('#pad-text:focus').waitFor();
    await page.keyboard.type('saffron');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Enter');
    await page.getByText('1 line needs attention').waitFor();
    await page.goto(`${k.store}/quick-order`);
    await page.getByLabel('Quantity of saffron').waitFor();
  });

  it('sends what still stands in its entry, too', async () => {
    const page = await k.at();
    await page.goto(`${k.store}/quick-order`);
    await page.locator('#pad-text:focus').waitFor();
    for (const name of ['Olive oil', 'Sea salt']) {
      await page.keyboard.type(name);
      await page.getByRole('option', { name }).waitFor();
      await page.keyboard.press('Enter');
      await page.keyboard.type(name === 'Olive oil' ? '3' : '4');
      if (name === 'Olive oil') await page.keyboard.press('Enter');
    }
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/cart$/);
    expect([await k.stored(k.oil), await k.stored(k.salt)]).toEqual([3, 4]);
  });
});

it('lets another form be carried by the log-in while a quantity waits', async () => {
  const page = await k.at();
  await page.goto(`${k.store}/quick-order`);
  await page.getByLabel('Your list').fill('saffron 2');
  await page.getByRole('button', { name: 'Check list' }).click();
  await page.getByText('1 line needs attention').waitFor();
  await page.evaluate((product) => {
    const person = document.getElementById('main')?.dataset['person'] ?? '';
    const entry = [product, { quantity: '3', at: Date.now() }];
    localStorage.setItem(`${person} outbox`, JSON.stringify([entry]));
  }, k.oil);
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Check again' }).first().click();
  await page.getByText('You were signed out. Your order is still here.').waitFor();
});
