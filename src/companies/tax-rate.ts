import { TAX_RATE_MAX_PPM } from '../lib/fields.ts';
import { type NumberProblem, readNumber } from '../lib/read-number.ts';

/** A ten-thousandth of a percent is one part per million, so nothing people can write is ever rounded. */
const PPM_OF_PERCENT = 10_000;
const DECIMALS = 4;

export const TAX_RATE_RANGE = `Tax rate must be between 0 and ${TAX_RATE_MAX_PPM / PPM_OF_PERCENT} %.`;

/** A rate in percent as people type it, `8.25` or `8.25 %`, in parts per million, or a problem to show. */
export function readTaxRate(text: string): { ppm: number } | NumberProblem {
  const read = readNumber(text, {
    label: 'Tax rate',
    decimals: DECIMALS,
    max: TAX_RATE_MAX_PPM,
    range: TAX_RATE_RANGE,
    noNumber: 'Tax rate must be a number like 8.25.',
    isPercent: true,
  });
  return 'problem' in read ? read : { ppm: read.value };
}

/** A rate in percent, as short as it can be: 82500 → `8.25`. */
export function percentFromPpm(ppm: number): string {
  return String(ppm / PPM_OF_PERCENT);
}
