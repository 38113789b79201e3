import { formatNumber } from '../lib/format-number.ts';

/** "Cart": stock is at most this. */
export const STOCK_MAX = 1_000_000_000;

const WHOLE = /^\d{1,15}$/;

/** A number of units as people write it; what cannot be read is a problem to show. Nothing is guessed at. */
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
