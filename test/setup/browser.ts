import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { closeBrowser, closeContexts, launchBrowser } from '../browser/browser.ts';

beforeAll(launchBrowser);
afterAll(closeBrowser);

// What a page complains about fails the test it happened in.
afterEach(async () => {
  expect(await closeContexts()).toEqual([]);
});
