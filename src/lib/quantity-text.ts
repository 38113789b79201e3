import { formatNumber } from './format-number.ts';
import { pluralUnit } from './trade-units.ts';

/** So many of a product's unit, for people: `1 case`, `2 cases`, `1,200 lb`. */
export function quantityText(quantity: number, unit: string): string {
  return `${formatNumber(quantity)} ${quantity === 1 ? unit : pluralUnit(unit)}`;
}
