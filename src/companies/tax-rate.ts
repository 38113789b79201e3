import { TAX_RATE_MAX_PPM } from '../lib/fields.ts';

/** A ten-thousandth of a percent is one part per million, so nothing people can write is ever rounded. */
const PPM_OF_PERCENT = 10_000;
const DECIMALS = 4;

export const TAX_RATE_RANGE = `Tax rate must be between 0 and ${TAX_RATE_MAX_PPM / PPM_OF_PERCENT} %.`;

/** A rate in percent as people write it, `8.25`, in parts per million; what cannot be read is a problem to show. */
export function readTaxRate(text: string): { ppm: number } | { problem: string } {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'Tax rate is required.' };
  if (!/^-?\d+(?:\.\d+)?$/.test(trimmed)) {
    return { problem: 'Tax rate must be a plain number like 8.25.' };
  }
  const [whole = '', fraction = ''] = trimmed.split('.');
  if (trimmed.startsWith('-') || Number(trimmed) > TAX_RATE_MAX_PPM / PPM_OF_PERCENT) {
    return { problem: TAX_RATE_RANGE };
  }
  if (fraction.length > DECIMALS) {
    return { problem: `Tax rate must have at most ${DECIMALS} decimal places.` };
  }
  return { ppm: Number(whole) * PPM_OF_PERCENT + Number(fraction.padEnd(DECIMALS, '0')) };
}

/** A rate in percent, as short as it can be: 82500 → `8.25`. */
export function percentFromPpm(ppm: number): string {
  return String(ppm / PPM_OF_PERCENT);
}
