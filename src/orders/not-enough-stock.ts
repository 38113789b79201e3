import { formatNumber } from '../lib/format-number.ts';

/** What is said of a line that asks for more than there is. */
export function notEnoughStock(product: string, available: number | null): string {
  return `Not enough stock for ${product}. Only ${formatNumber(available ?? 0)} available.`;
}
