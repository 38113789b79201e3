import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { source as axeSource, type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { newPage } from './browser.ts';
import { allPages, onEachPage, visit, visitorOf, WALK_MS, type WalkedPage } from './pages.ts';

const WIDTHS = [360, 1280];
/** Pictures of all pages are written to the folder it names, to be looked at. */
const PICTURES = process.env['SCREENSHOTS'];

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** In the dark only the colours are others. */
const SCHEMES = [
  ['light', { type: 'tag', values: LEVELS }],
  ['dark', { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }],
] as const;

let pages: WalkedPage[] = [];

beforeAll(async () => {
  pages = await allPages();
});

const open = async (walked: WalkedPage, options = {}): Promise<Page> => {
  const page = await newPage(options, visitorOf(walked));
  await visit(page, walked);
  if (walked.path === '/docs/api') await page.locator('.opblock').first().waitFor();
  await settle(page);
  return page;
};

describe('every page', () => {
  it.each(WIDTHS)(
    'is accessible at %i px, in light and dark',
    async (width) => {
      const found = await onEachPage(pages, async (walked) => {
        // The engine is put in past our policy, which allows no such thing.
        const page = await open(walked, { bypassCSP: true, viewport: { width, height: 800 } });
        await page.evaluate(axeSource);
        const texts: string[] = [];
        for (const [colorScheme, rules] of SCHEMES) {
          await page.emulateMedia({ colorScheme });
          await settle(page);
          await picture(page, `${walked.name}-${width}-${colorScheme}`);
          texts.push(...(await violations(page, rules)));
        }
        await page.context().close();
        return texts;
      });
      expect(found).toEqual([]);
    },
    WALK_MS,
  );

  it(
    'fits a phone of 360 px, with targets for fingers',
    async () => {
      const found = await onEachPage(pages, async (walked) => {
        const page = await open(walked, {
          viewport: { width: 360, height: 740 },
          isMobile: true,
          hasTouch: true,
        });
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        const small = await page.evaluate(smallTargets);
        await page.context().close();
        return width > 360 ? [`${width} px wide`, ...small] : small;
      });
      expect(found).toEqual([]);
    },
    WALK_MS,
  );
});

/** Waits until the page is drawn as it will stay. */
function settle(page: Page): Promise<void> {
  return page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 3; frame += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one frame after another
      await new Promise(requestAnimationFrame);
    }
  });
}

async function violations(page: Page, rules: object): Promise<string[]> {
  const results = await page.evaluate(
    (runOnly) =>
      (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        runOnly,
        resultTypes: ['violations'],
      }),
    rules,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${String(target)} ${failureSummary ?? ''}`),
  );
}

async function picture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return;
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}

/**
 * Controls a finger 44 px wide would miss: some point 21 px from their middle belongs to something else. Links inside
 * a sentence are as high as its line (WCAG 2.5.8 exempts them); the reference's viewer is not ours.
 */
function smallTargets(): string[] {
  const REACH = 21;
  const controls = document.querySelectorAll<HTMLElement>(
    'a[href], button, summary, select, textarea, input:not([type=hidden])',
  );
  const isInText = (control: HTMLElement) =>
    getComputedStyle(control).display === 'inline' && !control.matches('.row-link');
  return [...controls].flatMap((control) => {
    if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return [];
    if (isInText(control) || control.matches('.skip-link, :disabled, #reference *')) return [];
    // A label around a control is its target too.
    const target = control.closest('label') ?? control;
    target.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const box = target.getBoundingClientRect();
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    const hits = (dx: number, dy: number) =>
      target.contains(document.elementFromPoint(x + dx, y + dy));
    const missed = [
      [-REACH, 0],
      [REACH, 0],
      [0, -REACH],
      [0, REACH],
    ].find(([dx = 0, dy = 0]) => !hits(dx, dy));
    if (!missed) return [];
    const name = control.textContent.trim() || control.getAttribute('name') || control.className;
    return [
      `${control.localName} “${name}” is ${box.width}×${box.height}, missed at ${missed.join()}`,
    ];
  });
}
