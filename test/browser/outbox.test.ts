import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CompanyFixture } from '#db/factories.ts';
import type { Id } from '#db/ids.ts';
import { getCart } from '#src/cart/queries.ts';
import { setCartLine } from '#src/cart/set-cart-line.ts';
import { freshCompany } from '../context.ts';
import { productsFor } from '../products.ts';
import { count } from '../prove.ts';
import { registered, signedIn } from '../storefront.ts';
import { newPage } from './browser.ts';

let company: CompanyFixture;
let store: string;
let session: Id<'session'>;
let oil: Id<'product'>;
let salt: Id<'product'>;

beforeEach(async () => {
  company = await freshCompany({ name: 'Nordic Foods' });
  store = `/store/${company.slug}`;
  ({ session } = await registered(company));
  [oil = 'prd_', salt = 'prd_'] = await productsFor(company, [
    { name: 'Olive oil', priceCents: 1_00, stock: 90_000 },
    { name: 'Sea salt', priceCents: 2_00, stock: 20 },
  ]);
});

const at = (options = {}) => newPage(options, { store, session, companyId: company.id });

const put = (product: Id<'product'>, quantity: number) =>
  setCartLine(signedIn(company, session), product, { quantity: String(quantity) });

/** What the server has of a product in the cart. */
async function stored(product: Id<'product'>): Promise<number> {
  const { lines } = await getCart(signedIn(company, session));
  return lines.find(({ productId }) => productId === product)?.quantity ?? 0;
}

/** How many of a product the checkout shows. */
async function shown(page: Page, name: string): Promise<number> {
  await page.waitForURL(/\/checkout$/);
  const cell = page.getByRole('row', { name }).getByRole('cell').nth(1);
  return Number(/[\d,]+/.exec((await cell.textContent()) ?? '')?.[0].replaceAll(',', ''));
}

const oilField = (page: Page) => page.getByLabel('Quantity of Olive oil');
const checkOut = (page: Page) => page.getByRole('button', { name: 'Check out' });
const waitingIn = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.endsWith(' outbox')).length);

/** A phone far from the next mast. */
async function slow(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const speed = { downloadThroughput: 180_000, uploadThroughput: 84_000 };
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 562, ...speed });
}

const PAUSES_MS = [0, 100, 300, 600];
/** Each of them tries all pauses, half by typing and half by tapping. */
const TIMES = count(1, 25);

describe('a quantity that is changed just before Check out', () => {
  it.each([
    { line: 'a fast line', prepare: async () => {}, back: false },
    { line: 'slow 4G', prepare: slow, back: false },
    { line: 'a connection that is lost and comes back', prepare: async () => {}, back: true },
  ])(
    'is what the checkout shows, on $line',
    async ({ prepare, back }) => {
      await put(oil, 2);
      const page = await at();
      await page.goto(`${store}/cart`);
      await prepare(page);
      const lost: string[] = [];
      for (let round = 0; round < TIMES; round += 1) {
        for (const [index, pause] of PAUSES_MS.entries()) {
          const before = Number(await oilField(page).inputValue());
          const isTyped = (round + index) % 2 === 0;
          const wanted = isTyped ? 1000 + 10 * round + index : before + 1;
          if (back) await page.context().setOffline(true);
          if (isTyped) await oilField(page).fill(String(wanted));
          else await page.getByRole('button', { name: 'One more Olive oil' }).click();
          await page.waitForTimeout(pause);
          await checkOut(page).click();
          if (back) {
            await page.getByText('No connection: your last changes are not saved.').waitFor();
            expect(page.url()).toMatch(/\/cart$/);
            await page.context().setOffline(false);
            await checkOut(page).click();
          }
          const found = [await shown(page, 'Olive oil'), await stored(oil)];
          if (found.some((quantity) => quantity !== wanted)) {
            lost.push(`${wanted} after ${pause} ms: ${found.join()}`);
          }
          await page.getByRole('link', { name: /^Cart/ }).first().click();
          await page.waitForURL(/\/cart$/);
        }
      }
      expect(lost).toEqual([]);
    },
    count(120_000, 900_000),
  );

  it('is what the cart shows, coming from the catalog', async () => {
    await put(oil, 1);
    const page = await at();
    for (const [index, pause] of [0, 200, 0, 200].entries()) {
      await page.goto(`${store}/catalog`);
      await page.getByRole('button', { name: 'One more Olive oil' }).click();
      await page.waitForTimeout(pause);
      await page.getByRole('link', { name: /^Cart/ }).click();
      await page.waitForURL(/\/cart$/);
      expect([await oilField(page).inputValue(), await stored(oil)]).toEqual([
        String(index + 2),
        index + 2,
      ]);
    }
  });

  it('is kept when the tab is closed, and when one leaves by Back', async () => {
    await put(oil, 1);
    const page = await at();
    await page.goto(`${store}/catalog`);
    await page.goto(`${store}/cart`);
    await oilField(page).fill('7');
    await page.goBack();
    await expect.poll(() => stored(oil)).toBe(7);
    await page.goto(`${store}/cart`);
    await page.context().setOffline(true);
    await oilField(page).fill('8');
    await page.getByText('Not saved: no connection.').first().waitFor();
    const context = page.context();
    await page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(`${store}/checkout`);
    // The checkout shows it before it can be ordered.
    await again.getByRole('row', { name: 'Olive oil' }).getByText(/^8 /).waitFor();
    expect(await stored(oil)).toBe(8);
  });

  it('is the last one of two tabs', async () => {
    await put(oil, 1);
    const first = await at();
    const second = await first.context().newPage();
    await first.goto(`${store}/cart`);
    await second.goto(`${store}/cart`);
    await oilField(first).fill('5');
    await oilField(second).fill('6');
    await checkOut(first).click();
    expect(await shown(first, 'Olive oil')).toBe(6);
    // The other tab has not touched the line since: what it shows is not what it sends.
    await put(oil, 9);
    await checkOut(second).click();
    expect(await shown(second, 'Olive oil')).toBe(9);
    expect(await waitingIn(first)).toBe(0);
  });
});

describe('a line that is not saved', () => {
  it('says so, counts in no total, and is sent when the connection is back', async () => {
    await put(oil, 2);
    const page = await at();
    await page.goto(`${store}/cart`);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'One more Olive oil' }).click();
    const note = 'Not saved: no connection. We will save it when you are back online.';
    await page.getByRole('status').getByText(note).waitFor();
    await page.getByText('Changes that are not saved yet are not in the total.').waitFor();
    expect(await oilField(page).inputValue()).toBe('3');
    await page.context().setOffline(false);
    await page.getByText('$3.00').first().waitFor();
    await page.getByText(note).waitFor({ state: 'detached' });
    expect(await stored(oil)).toBe(3);
  });

  it('is sent again when the server could not take it', async () => {
    await put(oil, 2);
    const page = await at();
    await page.goto(`${store}/cart`);
    let failures = 2;
    await page.route(/\/cart$/, (route) =>
      route.request().method() === 'POST' && failures-- > 0
        ? route.fulfill({ status: 429 })
        : route.continue(),
    );
    await oilField(page).fill('4');
    await page.getByRole('status').getByText('Not saved yet. We will try again.').waitFor();
    expect(await stored(oil)).toBe(2);
    await page.getByText('$4.00').first().waitFor();
    expect(await stored(oil)).toBe(4);
  });

  it('waits in the catalog, and is added once', async () => {
    const page = await at();
    await page.goto(`${store}/catalog`);
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
    expect(await stored(oil)).toBe(4);
    await page.getByRole('link', { name: /^Cart/ }).click();
    await page.waitForURL(/\/cart$/);
    expect(await oilField(page).inputValue()).toBe('4');
  });

  it('that is refused stands as it was typed, and Check out stays', async () => {
    await put(oil, 2);
    await put(salt, 3);
    const page = await at();
    await page.goto(`${store}/cart`);
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
    await put(salt, 3);
    const page = await at();
    await page.goto(`${store}/cart`);
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

describe('the stepper of the catalog', () => {
  it('takes out what was added, offers one again, and says what is wrong with none', async () => {
    const page = await at();
    await page.goto(`${store}/catalog`);
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
    expect(await stored(oil)).toBe(2);
  });

  it('says on the spot when there are fewer, and keeps what was typed', async () => {
    const page = await at();
    await page.goto(`${store}/catalog`);
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
    const page = await at();
    await page.goto(`${store}/catalog`);
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
    await put(oil, 2);
    await put(salt, 3);
    const page = await at();
    await page.goto(`${store}/cart`);
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
    expect(await stored(salt)).toBe(3);
    await page.getByLabel('Quantity of Sea salt').fill('0');
    await page.getByText('Removed “Sea salt”.').waitFor();
    expect(await focused(page)).toBe('Undo');
  });
});

it('keeps a typed quantity without JavaScript, whatever button is pressed', async () => {
  await put(oil, 2);
  await put(salt, 3);
  const page = await at({ javaScriptEnabled: false });
  await page.goto(`${store}/cart`);
  await oilField(page).fill('6');
  await checkOut(page).click();
  expect(await shown(page, 'Olive oil')).toBe(6);
  await page.goto(`${store}/cart`);
  await oilField(page).fill('7');
  await page.getByRole('button', { name: 'Remove Sea salt' }).click();
  await page.getByText('Removed “Sea salt”.').waitFor();
  expect([await stored(oil), await stored(salt)]).toEqual([7, 0]);
  await oilField(page).fill('8');
  await page.keyboard.press('Enter');
  await expect.poll(() => stored(oil)).toBe(8);
});
