import { amountProblem } from './read-amount.ts';
import { type ANY_CURRENCY, type NumberProblem, readNumber } from './read-number.ts';

/** An amount of money: the most it can be, in cents, and what is said of one beyond that. */
interface Amount {
  label: string;
  maxCents: number;
  range?: string;
}

/**
 * An amount typed into a form, in cents, or a problem to show.
 * @param currency which the form showed beside the field; null = none, so that no sign of one can be read
 */
export function readMoney(
  text: string,
  { label, maxCents, range = amountProblem(label, maxCents) }: Amount,
  currency: string | typeof ANY_CURRENCY | null,
): { cents: number } | NumberProblem {
  const noNumber = `${label} must be a number like 12.50.`;
  const read = readNumber(text, { label, decimals: 2, max: maxCents, range, noNumber, currency });
  return 'problem' in read ? read : { cents: read.value };
}

/**
 * A whole number typed into a form, or a problem to show.
 * @param range said of all that is not one from `min` to `max`
 */
export function readWhole(
  text: string,
  { label, min = 0, max, range }: { label: string; min?: number; max: number; range: string },
): { units: number } | NumberProblem {
  const read = readNumber(text, { label, decimals: 0, min, max, range, noNumber: range });
  return 'problem' in read ? read : { units: read.value };
}
