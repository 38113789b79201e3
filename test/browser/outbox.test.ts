import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { count } from '../prove.ts';
import { checkOut, type Kitchen, kitchen, oilField, shown } from './cart.ts';

let k: Kitchen;

beforeEach(async () => {
  k = await kitchen();
});

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
      await k.put(k.oil, 2);
      const page = await k.at();
      await page.goto(`${k.store}/cart`);
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
          const found = [await shown(page, 'Olive oil'), await k.stored(k.oil)];
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
    await k.put(k.oil, 1);
    const page = await k.at();
    for (const [index, pause] of [0, 200, 0, 200].entries()) {
      await page.goto(`${k.store}/catalog`);
      await page.getByRole('button', { name: 'One more Olive oil' }).click();
      await page.waitForTimeout(pause);
      await page.getByRole('link', { name: /^Cart/ }).click();
      await page.waitForURL(/\/cart$/);
      expect([await oilField(page).inputValue(), await k.stored(k.oil)]).toEqual([
        String(index + 2),
        index + 2,
      ]);
    }
  });

  it('is kept when the tab is closed, and when one leaves by Back', async () => {
    await k.put(k.oil, 1);
    const page = await k.at();
    await page.goto(`${k.store}/catalog`);
    await page.goto(`${k.store}/cart`);
    await oilField(page).fill('7');
    await page.goBack();
    await expect.poll(() => k.stored(k.oil)).toBe(7);
    await page.goto(`${k.store}/cart`);
    await page.context().setOffline(true);
    await oilField(page).fill('8');
    await page.getByText('Not saved: no connection.').first().waitFor();
    const context = page.context();
    await page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(`${k.store}/checkout`);
    // The checkout shows it before it can be ordered.
    await again.getByRole('row', { name: 'Olive oil' }).getByText(/^8 /).waitFor();
    expect(await k.stored(k.oil)).toBe(8);
  });

  it('is the last one of two tabs', async () => {
    await k.put(k.oil, 1);
    const first = await k.at();
    const second = await first.context().newPage();
    await first.goto(`${k.store}/cart`);
    await second.goto(`${k.store}/cart`);
    await oilField(first).fill('5');
    await oilField(second).fill('6');
    await checkOut(first).click();
    expect(await shown(first, 'Olive oil')).toBe(6);
    // The other tab has not touched the line since: what it shows is not what it sends.
    await k.put(k.oil, 9);
    await checkOut(second).click();
    expect(await shown(second, 'Olive oil')).toBe(9);
    expect(await waitingIn(first)).toBe(0);
  });
});
