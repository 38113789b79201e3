import { formatNumber } from './format-number.ts';
import { centsFromDecimal } from './money.ts';

/** An amount in a cell of a file, in cents; what cannot be read is a problem to show. `readMoney` reads forms. */
export function readAmount(
  text: string,
  label: string,
  maxCents: number,
): { cents: number } | { problem: string } {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: `${label} is required.` };
  if (!/^-?\d+(?:\.\d+)?$/.test(trimmed)) {
    return { problem: `${label} must be a plain number like 12.50.` };
  }
  if (Number(trimmed) < 0 || Number(trimmed) > maxCents / 100) {
    return { problem: amountProblem(label, maxCents) };
  }
  const cents = centsFromDecimal(trimmed);
  return cents === null || cents > maxCents
    ? { problem: `${label} must have at most 2 decimal places.` }
    : { cents };
}

export function amountProblem(label: string, maxCents: number): string {
  return `${label} must be between 0 and ${formatNumber(maxCents / 100)}.`;
}
