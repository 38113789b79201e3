import { CREDIT_LIMIT_MAX_CENTS } from '../lib/fields.ts';
import { centsFromDecimal } from '../lib/money.ts';
import type { NumberProblem } from '../lib/read-number.ts';
import { readMoney } from '../lib/typed-number.ts';

const RANGE = `Credit limit must be between 0 and ${CREDIT_LIMIT_MAX_CENTS / 100}.`;

/** A credit limit in a cell of a file: an empty one is no limit (null), what cannot be read is a problem to show. */
export function readCreditLimit(text: string): { cents: number | null } | { problem: string } {
  const trimmed = text.trim();
  if (trimmed === '') return { cents: null };
  const cents = centsFromDecimal(trimmed);
  if (cents !== null && cents <= CREDIT_LIMIT_MAX_CENTS) return { cents };
  return { problem: problemOf(trimmed) };
}

function problemOf(text: string): string {
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return 'Credit limit must be a plain number like 1200.50.';
  const inRange = Number(text) >= 0 && Number(text) * 100 <= CREDIT_LIMIT_MAX_CENTS;
  return inRange ? 'Credit limit must have at most 2 decimal places.' : RANGE;
}

/** A credit limit typed into a form that showed this currency (null = none): left blank, there is no limit. */
export function typedCreditLimit(
  text: string,
  currency: string | null,
): { cents: number | null } | NumberProblem {
  if (text.trim() === '') return { cents: null };
  const amount = { label: 'Credit limit', maxCents: CREDIT_LIMIT_MAX_CENTS, range: RANGE };
  return readMoney(text, amount, currency);
}
