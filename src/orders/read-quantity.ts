import type { NumberProblem } from '../lib/read-number.ts';
import { readWhole } from '../lib/typed-number.ts';
import { QUANTITY_MAX } from './schema.ts';

/** A quantity as people type it, `1,200` or `1 200`, or a problem to show; 0 only where it takes a line out. */
export function readQuantity(text: string, min: 0 | 1 = 1): { units: number } | NumberProblem {
  const range = `Quantity must be a whole number from ${min} to ${QUANTITY_MAX}.`;
  if (text.trim() === '') return { problem: range };
  return readWhole(text, { label: 'Quantity', min, max: QUANTITY_MAX, range });
}
