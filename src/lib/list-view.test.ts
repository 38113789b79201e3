import { expect, it } from 'vitest';
import { searched } from './list-view.ts';

it.each([
  [undefined, undefined],
  [' \t', undefined],
  [' Fine  salt ', 'Fine  salt'],
  ['a\0', 'a\uFFFD'],
  ['\uD83C', '\uFFFD'],
  ['🌾', '🌾'],
  [` ${'ab '.repeat(100_000)}`, 'ab '.repeat(85).slice(0, 254)],
  ['🌾'.repeat(200), '🌾'.repeat(127)],
])('looks for what was typed, %j, as %j', (typed, words) => {
  expect(searched(typed)).toBe(words);
});
