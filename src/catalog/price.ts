import { amountProblem, readAmount } from '../lib/read-amount.ts';

/** "Upper bounds" (decision 20). */
export const PRICE_MAX_CENTS = 1_000_000_00;

export const PRICE_RANGE = amountProblem('Price', PRICE_MAX_CENTS);

/** A price as people write it, in cents; what cannot be read is a problem to show. */
export function readPrice(text: string): { cents: number } | { problem: string } {
  return readAmount(text, 'Price', PRICE_MAX_CENTS);
}
