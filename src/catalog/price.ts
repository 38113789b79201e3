import { amountProblem, readAmount } from '../lib/read-amount.ts';
import type { NumberProblem } from '../lib/read-number.ts';
import { readMoney } from '../lib/typed-number.ts';

/** "Upper bounds" (decision 20). */
export const PRICE_MAX_CENTS = 1_000_000_00;

export const PRICE_RANGE = amountProblem('Price', PRICE_MAX_CENTS);

/** A price in a cell of a file, in cents; what cannot be read is a problem to show. */
export function readPrice(text: string): { cents: number } | { problem: string } {
  return readAmount(text, 'Price', PRICE_MAX_CENTS);
}

/** A price typed into a form that showed this currency (null = none), in cents, or a problem to show. */
export function typedPrice(
  text: string,
  currency: string | null,
): { cents: number } | NumberProblem {
  return readMoney(text, { label: 'Price', maxCents: PRICE_MAX_CENTS }, currency);
}
