import { formatNumber } from '#src/lib/format-number.ts';

/** Why no more can be ordered: what is left of a product. */
export function stockLeft(onHand: number): string {
  return onHand === 0 ? 'Out of stock' : `Only ${formatNumber(onHand)} left`;
}
