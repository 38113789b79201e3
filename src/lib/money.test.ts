import { expect, test } from 'vitest';
import { formatMoney, formatMoneyShort } from './money.ts';

test.each([
  [0, 'USD', '$0.00'],
  [5, 'USD', '$0.05'],
  [120_050, 'USD', '$1,200.50'],
  [100_000_000_00, 'EUR', '€100,000,000.00'],
  [-1_999, 'GBP', '-£19.99'],
])('%i minor units of %s read %s', (cents, currency, text) => {
  expect(formatMoney(cents, currency)).toBe(text);
});

test('an axis is written in a few letters', () => {
  expect(formatMoneyShort(400_000, 'USD')).toBe('$4K');
  expect(formatMoneyShort(123_456_789_00, 'EUR')).toBe('€123M');
});
