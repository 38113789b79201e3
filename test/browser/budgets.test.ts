import { brotliCompressSync, constants } from 'node:zlib';
import type { Response } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { server } from '../server.ts';
import { newPage } from './browser.ts';
import { allPages, onEachPage, visit, visitorOf, WALK_MS, type WalkedPage } from './pages.ts';

/** HTML and styles of a store's page, compressed. */
const STORE_PAGE_KB = 14;
const STORE_SCRIPT_KB = 25;
/** All of a dashboard's page. */
const DASHBOARD_KB = 60;
/** Web Vitals call up to 0.1 good. */
const IMPERCEPTIBLE = 0.001;

let pages: WalkedPage[] = [];

beforeAll(async () => {
  pages = await allPages();
});

type Loaded = {
  response: Response | null;
  html: string;
  scripts: string[];
  /** KB of HTML and styles. */
  pageKb: number;
  scriptKb: number;
};

/** What the page and all it names weigh. */
async function load(walked: WalkedPage): Promise<Loaded> {
  const page = await newPage({}, visitorOf(walked));
  const response = await visit(page, walked);
  const html = (await response?.text()) ?? '';
  const named = (pattern: RegExp) => Array.from(html.matchAll(pattern), ([, path = '']) => path);
  const scripts = named(/<script[^>]* src="([^"]+)"/g);
  const styles = named(/<link rel="stylesheet" href="([^"]+)"/g);
  const sum = async (paths: string[]) => {
    const sizes = await Promise.all(paths.map(assetKb));
    return sizes.reduce((total, kb) => total + kb, 0);
  };
  const pageKb = compressed(Buffer.from(html)) + (await sum(styles));
  const scriptKb = await sum(scripts);
  await page.context().close();
  return { response, html, scripts, pageKb, scriptKb };
}

const weighed = new Map<string, Promise<number>>();

/** The same few files serve all pages. */
function assetKb(path: string): Promise<number> {
  const known = weighed.get(path);
  if (known) return known;
  const kb = server
    .fetch(path)
    .then(async (response) => compressed(Buffer.from(await response.arrayBuffer())));
  weighed.set(path, kb);
  return kb;
}

/** KB as an edge sends them: brotli at the level one takes while somebody waits. */
function compressed(body: Buffer): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 4 };
  return brotliCompressSync(body, { params }).length / 1024;
}

describe('every page', () => {
  it(
    'keeps to the budget, loads no script it does not need, writes nothing inline',
    async () => {
      const found = await onEachPage(pages, async (walked) => {
        const { response, html, scripts, pageKb, scriptKb } = await load(walked);
        const isStore = walked.path.startsWith('/store/');
        const isScriptless = SCRIPTLESS.has(walked.name);
        const policy = response?.headers()['content-security-policy'] ?? '';
        const isStrict =
          policy.includes("default-src 'none'") && policy.includes("script-src 'self';");
        const kb = pageKb + scriptKb;
        return [
          isStore && pageKb > STORE_PAGE_KB && `${pageKb.toFixed(1)} KB`,
          isStore && scriptKb > STORE_SCRIPT_KB && `${scriptKb.toFixed(1)} KB of scripts`,
          walked.company && kb > DASHBOARD_KB && `${kb.toFixed(1)} KB in all`,
          isScriptless && scripts.length > 0 && `loads ${scripts.join()}`,
          !isStrict && `has the policy “${policy}”`,
          /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/.test(html) &&
            'has a script or style inline',
        ].filter((text) => typeof text === 'string');
      });
      expect(found).toEqual([]);
    },
    WALK_MS,
  );

  it(
    'stays where it is while it loads',
    async () => {
      const visited = pages.filter(visitorOf);
      const found = await onEachPage(visited, async (walked) => {
        const shifts: string[] = [];
        for (const width of [360, 1280]) {
          const page = await newPage(
            // Rules for less motion must not be what moves things.
            { viewport: { width, height: 740 }, reducedMotion: width === 360 ? 'reduce' : null },
            visitorOf(walked),
          );
          await visit(page, walked);
          const shift = await page.evaluate(layoutShift);
          if (shift > IMPERCEPTIBLE) shifts.push(`shifts by ${shift} at ${width} px`);
          await page.context().close();
        }
        return shifts;
      });
      expect(found).toEqual([]);
    },
    WALK_MS,
  );
});

const SCRIPTLESS = new Set([
  'landing',
  'forgot-password',
  'reset-password-over',
  'verify-email',
  'nowhere',
]);

/** The sum of all layout shifts so far (web-vitals "CLS" without its windows). */
function layoutShift(): Promise<number> {
  return new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(sum), 300);
  });
}
