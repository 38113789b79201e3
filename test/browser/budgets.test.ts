import { brotliCompressSync, constants } from 'node:zlib';
import type { Page, Response } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { newPage } from './browser.ts';
import { allPages, visitorOf, type WalkedPage } from './pages.ts';

const DASHBOARD_KB = 60;
/** A first frame may catch the parser in the middle of a menu; Web Vitals call up to 0.1 good. */
const IMPERCEPTIBLE = 0.001;

let pages: WalkedPage[] = [];

beforeAll(async () => {
  pages = await allPages();
});

type Loaded = {
  page: Page;
  response: Response | null;
  html: string;
  scripts: string[];
  kb: number;
};

async function load(walked: WalkedPage): Promise<Loaded> {
  const { path } = walked;
  const page = await newPage({}, visitorOf(walked));
  const bodies: Promise<Buffer>[] = [];
  const scripts: string[] = [];
  page.on('response', (response) => {
    const type = response.request().resourceType();
    if (type === 'script') scripts.push(response.url());
    if (['document', 'stylesheet', 'script'].includes(type)) bodies.push(response.body());
  });
  const response = await page.goto(path, { waitUntil: 'load' });
  const sizes = (await Promise.all(bodies)).map((body) => compressed(body));
  const kb = sizes.reduce((sum, size) => sum + size, 0) / 1024;
  return { page, response, html: (await response?.text()) ?? '', scripts, kb };
}

/** Bytes as an edge sends them: brotli at the level one takes while somebody waits. */
function compressed(body: Buffer): number {
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).length;
}

describe('every page', () => {
  it('keeps to the budget, loads no script it does not need, writes nothing inline', async () => {
    const found: string[] = [];
    for (const walked of pages) {
      const { page, response, html, scripts, kb } = await load(walked);
      const { name } = walked;
      if (visitorOf(walked) && kb > DASHBOARD_KB) found.push(`${name} is ${kb.toFixed(1)} KB`);
      if (SCRIPTLESS.has(name) && scripts.length > 0) found.push(`${name} loads ${scripts.join()}`);
      const policy = response?.headers()['content-security-policy'] ?? '';
      if (!policy.includes("default-src 'none'") || !policy.includes("script-src 'self';"))
        found.push(`${name} has the policy “${policy}”`);
      if (/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/.test(html))
        found.push(`${name} has a script or style inline`);
      await page.context().close();
    }
    expect(found).toEqual([]);
  });

  it('stays where it is while it loads', async () => {
    const found: string[] = [];
    for (const walked of pages.filter(visitorOf)) {
      for (const width of [360, 1280]) {
        const page = await newPage(
          // Rules for less motion must not be what moves things.
          { viewport: { width, height: 740 }, reducedMotion: width === 360 ? 'reduce' : null },
          visitorOf(walked),
        );
        await page.goto(walked.path, { waitUntil: 'load' });
        const shift = await page.evaluate(layoutShift);
        if (shift > IMPERCEPTIBLE) found.push(`${walked.name} at ${width} px shifts by ${shift}`);
        await page.context().close();
      }
    }
    expect(found).toEqual([]);
  });
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
