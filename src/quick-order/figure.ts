import { isCountedUnit, pluralUnit } from '../lib/trade-units.ts';

/** A figure with what people put round it: `3x`, `x 3`, `3 ×`, `3 pcs`, `2 cases`. */
const FIGURE = /^(?:[x×*]\s*)?(\d{1,15})\s*([x×*]|\p{L}+\.?)?$/iu;
const WITH_UNIT = /^(.*\d)\s*(\D+)$/u;

/** The figure alone of a quantity with a unit that is counted, or null where it is none. */
export function figureIn(cell: string): string | null {
  const [, figure, mark = ''] = FIGURE.exec(cell) ?? [];
  const isFigure = mark === '' || /^[x×*]$/iu.test(mark) || isCountedUnit(mark);
  return figure !== undefined && isFigure ? figure : null;
}

/** A quantity without its unit, where that is counted, or the product's own: `10 lb` of what is sold by the pound. */
export function withoutUnit(quantity: string, unit: string): string {
  const text = quantity.trim();
  const figure = figureIn(text);
  if (figure !== null) return figure;
  const [, amount = '', word = ''] = WITH_UNIT.exec(text) ?? [];
  const own = [unit, pluralUnit(unit), `${unit}s`].map((name) => name.toLowerCase());
  return own.includes(word.trim().replace(/\.$/u, '').toLowerCase()) ? amount : text;
}
