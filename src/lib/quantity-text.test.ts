import { expect, it } from 'vitest';
import { quantityText } from './quantity-text.ts';

it.each([
  [2, 'case', '2 cases'],
  [1, 'case', '1 case'],
  [0, 'case', '0 cases'],
  [1_200, 'bag', '1,200 bags'],
  [2, 'box', '2 boxes'],
  [2, 'Box', '2 Boxes'],
  [2, 'BOX', '2 BOXES'],
  [2, 'loaf', '2 loaves'],
  [2, 'bunch', '2 bunches'],
  [2, 'roll', '2 rolls'],
  [2, 'pallet', '2 pallets'],
  [2, 'lb', '2 lb'],
  [2, 'kg', '2 kg'],
  [2, 'each', '2 each'],
  [2, 'dozen', '2 dozen'],
  [2, 'L', '2 L'],
  [2, 'cases', '2 cases'],
  [2, '5 kg bag', '2 5 kg bag'],
  [2, 'constructor', '2 constructor'],
])('%i of %j is %j', (quantity, unit, text) => {
  expect(quantityText(quantity, unit)).toBe(text);
});
