import { expect, it } from 'vitest';
import { countOf, formatNumber } from './format-number.ts';

it('writes figures as people read them', () => {
  expect(formatNumber(12_000)).toBe('12,000');
  expect([0, 1, 2, 1_000].map((n) => countOf(n, 'customer'))).toEqual([
    '0 customers',
    '1 customer',
    '2 customers',
    '1,000 customers',
  ]);
});
