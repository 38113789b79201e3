import { formatNumber } from '../lib/format-number.ts';
import type { NumberProblem } from '../lib/read-number.ts';
import { readWhole } from '../lib/typed-number.ts';

/** "Cart": stock is at most this. */
export const STOCK_MAX = 1_000_000_000;

const WHOLE = /^\d{1,15}$/;

/** A number of units in a cell of a file; what cannot be read is a problem to show. */
export function readUnits(text: string, label: string): { units: number } | { problem: string } {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: `${label} is required.` };
  const units = WHOLE.test(trimmed) ? Number(trimmed) : -1;
  if (units >= 0 && units <= STOCK_MAX) return { units };
  return { problem: unitsProblem(label) };
}

export function unitsProblem(label: string): string {
  return `${label} must be a whole number from 0 to ${formatNumber(STOCK_MAX)}.`;
}

/** A number of units typed into a form, or a problem to show. */
export function typedUnits(text: string, label: string): { units: number } | NumberProblem {
  return readWhole(text, { label, max: STOCK_MAX, range: unitsProblem(label) });
}
