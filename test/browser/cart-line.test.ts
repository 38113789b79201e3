import { source as axeSource, type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkOut, type Kitchen, kitchen, oilField, shown } from './cart.ts';

let k: Kitchen;

beforeEach(async () => {
  k = await kitchen();
});

describe('a line that is not saved', () => {
  it('says so, counts in no total, and is sent when the connection is back', async () => {
    await k.put(k.oil, 2);
    const page = await k.at();
    await page.goto(`${k.store}/cart`);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'One more Olive oil' }).click();
    const note = 'Not saved: no connection. We will save it when you are back online.';
    await page.getByRole('status').getByText(note).waitFor();
    await page.getByText('Changes that are not saved yet are not in the total.').waitFor();
    expect(await oilField(page).inputValue()).toBe('3');
    await page.context().setOffline(false);
    await page.getByText('$3.00').first().waitFor();
    await page.getByText(note).waitFor({ state: 'detached' });
    expect(await k.stored(k.oil)).toBe(3);
  });

  it('is sent again when the server could not take it', async () => {
    await k.put(k.oil, 2);
    const page = await k.at();
    await page.goto(`${k.store}/cart`);
    let failures = 2;
    await page.route(/\/cart$/, (route) =>
      route.request().method() === 'POST' && failures-- > 0
        ? route.fulfill({ status: 429 })
        : route.continue(),
    );
    await oilField(page).fill('4');
    await page.getByRole('status').getByText('Not saved yet. We will try again.').waitFor();
    expect(await k.stored(k.oil)).toBe(2);
    await page.getByText('$4.00').first().waitFor();
    expect(await k.stored(k.oil)).toBe(4);
  });

  it('waits in the catalog, and is added once', async () => {
    const page = await k.at();
    await page.goto(`${k.store}/catalog`);
    await page.context().setOffline(true);
    await oilField(page).fill('4');
    await page.getByRole('button', { name: 'Add Olive oil' }).click();
    await page
      .getByText('Not saved: no connection. We will add it when you are back online.')
      .waitFor();
    await page.getByRole('button', { name: 'Add Olive oil' }).click();
    await page.getByRole('link', { name: /^Cart/ }).click();
    await page.getByText('No connection: your last changes are not saved.').waitFor();
    await page.context().setOffline(false);
    await page.getByText('4 in cart').waitFor();
    expect(await k.stored(k.oil)).toBe(4);
    await page.getByRole('link', { name: /^Cart/ }).click();
    await page.waitForURL(/\/cart$/);
    expect(await oilField(page).inputValue()).toBe('4');
  });

  it('that is refused stands as it was typed, and Check out stays', async () => {
    await k.put(k.oil, 2);
    await k.put(k.salt, 3);
    const page = await k.at();
    await page.goto(`${k.store}/cart`);
    await oilField(page).fill('two');
    await checkOut(page).click();
    await page.getByText('Quantity must be a whole number from 0 to 99999.').waitFor();
    await page.locator('[aria-invalid=true]:focus').waitFor();
    // What is saved of another line leaves it alone.
    await page.getByRole('button', { name: 'One more Sea salt' }).click();
    await page.getByText('$8.00').first().waitFor();
    await page.getByRole('button', { name: 'Remove Sea salt' }).click();
    await page.getByText('Removed “Sea salt”.').waitFor();
    expect(await oilField(page).inputValue()).toBe('two');
    await checkOut(page).click();
    await page.getByText('Quantity must be a whole number from 0 to 99999.').waitFor();
    expect(page.url()).toMatch(/\/cart/);
    await oilField(page).fill('5');
    await checkOut(page).click();
    expect(await shown(page, 'Olive oil')).toBe(5);
  });

  it('closes the way to the checkout when there is too little, and says which', async () => {
    await k.put(k.salt, 3);
    const page = await k.at();
    await page.goto(`${k.store}/cart`);
    await page.getByLabel('Quantity of Sea salt').fill('50');
    await checkOut(page).click();
    await page.getByText('Not enough stock for Sea salt. Only 20 available.').waitFor();
    expect(page.url()).toMatch(/\/cart$/);
    expect(await checkOut(page).isDisabled()).toBe(true);
    expect(await page.getByLabel('Quantity of Sea salt').inputValue()).toBe('50');
    await page.getByLabel('Quantity of Sea salt').fill('20');
    await expect.poll(() => checkOut(page).isEnabled()).toBe(true);
  });
});

it('shows what another device has changed, but not over what is typed', async () => {
  await k.put(k.oil, 2);
  await k.put(k.salt, 3);
  const page = await k.at();
  await page.goto(`${k.store}/cart`);
  await k.put(k.salt, 4);
  await page.getByRole('button', { name: 'One more Olive oil' }).click();
  await page.getByText('$11.00').first().waitFor();
  expect(await page.getByLabel('Quantity of Sea salt').inputValue()).toBe('4');
  await k.put(k.salt, 5);
  await oilField(page).fill('');
  await page.getByRole('button', { name: 'One more Sea salt' }).click();
  await page.getByText('$13.00').first().waitFor();
  expect(await oilField(page).inputValue()).toBe('');
  expect(await page.getByLabel('Quantity of Sea salt').inputValue()).toBe('5');
});

it('is told again to a search that was answered before it was saved', async () => {
  await k.put(k.oil, 2);
  const page = await k.at();
  await page.goto(`${k.store}/catalog`);
  await page.route(/q=oil/, async (route) => {
    const response = await route.fetch();
    await oilField(page).fill('7');
    await expect.poll(() => k.stored(k.oil)).toBe(7);
    await page.getByText('7 in cart').waitFor();
    await route.fulfill({ response });
  });
  await page.getByRole('searchbox').fill('oil');
  await page.getByRole('heading', { name: 'Sea salt' }).waitFor({ state: 'detached' });
  await page.getByText('7 in cart').waitFor();
  expect(await oilField(page).inputValue()).toBe('7');
  expect(await k.stored(k.oil)).toBe(7);
});

it('has nothing that axe finds, saving and not saved, in light and dark', async () => {
  await k.put(k.oil, 2);
  const page = await k.at({ bypassCSP: true });
  const found: string[] = [];
  const look = async (state: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(runAxe);
      found.push(...violations.map(({ id }) => `${state}, ${colorScheme}: ${id}`));
    }
  };
  for (const path of ['catalog', 'cart']) {
    await page.goto(`${k.store}/${path}`);
    let go = (): void => {};
    const hung = new Promise<void>((resolve) => (go = resolve));
    await page.route(/\/cart$/, async (route) => {
      if (route.request().method() === 'POST') await hung;
      await route.continue();
    });
    await page.getByRole('button', { name: 'One more Olive oil' }).click();
    await page.getByText('Saving…').waitFor();
    await look(`${path}, saving`);
    go();
    await page.getByText('Saving…').waitFor({ state: 'detached' });
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'One more Olive oil' }).click();
    await page.getByText('Not saved: no connection.').first().waitFor();
    await page.getByRole('link', { name: 'Orders' }).click();
    await page.getByText('No connection: your last changes are not saved.').waitFor();
    await look(`${path}, not saved`);
    await page.context().setOffline(false);
    await page.getByText('Not saved: no connection.').first().waitFor({ state: 'detached' });
  }
  await page.goto(`${k.store}/checkout`);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.getByText('Nothing was ordered twice.').waitFor();
  await look('checkout, not sent');
  expect(found).toEqual([]);
});

/** Runs in the page. */
const runAxe = () => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run();

describe('the stepper of the catalog', () => {
  it('takes out what was added, offers one again, and says what is wrong with none', async () => {
    const page = await k.at();
    await page.goto(`${k.store}/catalog`);
    await page.getByRole('button', { name: 'Add Olive oil' }).click();
    await page.getByText('1 in cart').waitFor();
    expect(await page.getByRole('button', { name: 'Update Olive oil' }).count()).toBe(0);
    await page.getByRole('button', { name: 'One less Olive oil' }).click();
    await page.getByRole('button', { name: 'Add Olive oil' }).waitFor();
    expect(await oilField(page).inputValue()).toBe('1');
    await page.getByRole('button', { name: 'One less Olive oil' }).click();
    expect(await oilField(page).inputValue()).toBe('1');
    await oilField(page).fill('0');
    await page.getByRole('button', { name: 'Add Olive oil' }).click();
    await page.getByText('Enter how many to add: 1 or more.').waitFor();
    await oilField(page).fill('2');
    await page.getByRole('button', { name: 'Add Olive oil' }).click();
    await page.getByText('2 in cart').waitFor();
    expect(await k.stored(k.oil)).toBe(2);
  });

  it('says on the spot when there are fewer, and keeps what was typed', async () => {
    const page = await k.at();
    await page.goto(`${k.store}/catalog`);
    await page.getByLabel('Quantity of Sea salt').fill('50');
    await page.getByRole('button', { name: 'Add Sea salt' }).click();
    await page.getByText('50 in cart. Only 20 left').waitFor();
    expect(await page.getByLabel('Quantity of Sea salt').inputValue()).toBe('50');
  });
});

describe('the focus', () => {
  const focused = (page: Page) =>
    page.evaluate(() => {
      const at = document.activeElement;
      return at === document.body
        ? 'the page'
        : (at?.getAttribute('aria-label') ?? at?.textContent);
    });

  it('is on the field after Add by keyboard, and beside it after a tap', async () => {
    const page = await k.at();
    await page.goto(`${k.store}/catalog`);
    await oilField(page).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('1 in cart').waitFor();
    expect(await focused(page)).toBe('Quantity of Olive oil');
    await page.getByRole('button', { name: 'Add Sea salt' }).click();
    await expect.poll(() => page.getByText('1 in cart').count()).toBe(2);
    expect(await focused(page)).toBe('One more Sea salt');
  });

  it('stays on what was used in the cart, and is on Undo after Remove', async () => {
    await k.put(k.oil, 2);
    await k.put(k.salt, 3);
    const page = await k.at();
    await page.goto(`${k.store}/cart`);
    await page.getByRole('button', { name: 'One more Olive oil' }).click();
    await page.getByText('$3.00').first().waitFor();
    expect(await focused(page)).toBe('One more Olive oil');
    await oilField(page).fill('4');
    await page.getByText('$4.00').first().waitFor();
    expect(await focused(page)).toBe('Quantity of Olive oil');
    await page.getByRole('button', { name: 'Remove Sea salt' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Removed “Sea salt”.').waitFor();
    expect(await focused(page)).toBe('Undo');
    await page.keyboard.press('Enter');
    await page.getByLabel('Quantity of Sea salt').waitFor();
    expect(await k.stored(k.salt)).toBe(3);
    await page.getByLabel('Quantity of Sea salt').fill('0');
    await page.getByText('Removed “Sea salt”.').waitFor();
    expect(await focused(page)).toBe('Undo');
  });
});

it('keeps a typed quantity without JavaScript, whatever button is pressed', async () => {
  await k.put(k.oil, 2);
  await k.put(k.salt, 3);
  const page = await k.at({ javaScriptEnabled: false });
  await page.goto(`${k.store}/cart`);
  await oilField(page).fill('6');
  await checkOut(page).click();
  expect(await shown(page, 'Olive oil')).toBe(6);
  await page.goto(`${k.store}/cart`);
  await oilField(page).fill('7');
  await page.getByRole('button', { name: 'Remove Sea salt' }).click();
  await page.getByText('Removed “Sea salt”.').waitFor();
  expect([await k.stored(k.oil), await k.stored(k.salt)]).toEqual([7, 0]);
  await oilField(page).fill('8');
  await page.keyboard.press('Enter');
  await expect.poll(() => k.stored(k.oil)).toBe(8);
});
