import { expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { wholeSpellings } from '../../test/number-spellings.ts';
import { quantityOf } from './order-draft.ts';
import { readQuantity } from './read-quantity.ts';

const RANGE = 'Quantity must be a whole number from 1 to 99999.';

it.each(wholeSpellings(RANGE))(
  'reads or refuses a quantity of $typed',
  ({ typed, ...expected }) => {
    const read = readQuantity(typed);
    const draft = quantityOf({ productId: newId('product'), quantity: typed, seenCents: null });
    if ('says' in expected) {
      expect(read).toMatchObject({ problem: expect.stringContaining(expected.says) });
      expect(draft).toBeNull();
    } else {
      expect(read).toEqual({ units: Number(expected.shown) });
      expect(draft).toBe(Number(expected.shown));
    }
  },
);

it('takes a quantity of 0 only where it takes a line out', () => {
  expect(readQuantity('0', 0)).toEqual({ units: 0 });
  expect(readQuantity('0')).toEqual({ problem: RANGE });
  expect(readQuantity(' ')).toEqual({ problem: RANGE });
});
