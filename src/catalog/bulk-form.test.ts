import { describe, expect, it } from 'vitest';
import { newId } from '#db/ids.ts';
import { wholeSpellings } from '../../test/number-spellings.ts';
import { BulkForm } from './bulk-form.ts';

const RANGE = 'Number of units must be a whole number from 0 to 1,000,000,000.';
const ACTIONS = [
  ['add', (units: number) => ({ by: units })],
  ['take', (units: number) => ({ by: -units })],
  ['count', (units: number) => ({ to: units })],
] as const;

describe.each(ACTIONS)('units to %s', (action, changeOf) => {
  it.each(wholeSpellings(RANGE))('$typed', ({ typed, ...expected }) => {
    const form = BulkForm.safeParse({ ids: [newId('product')], action, value: typed });
    if ('says' in expected) {
      expect(form.error?.issues[0]).toMatchObject({
        path: ['value'],
        message: expect.stringContaining(expected.says),
      });
    } else {
      expect(form.data?.change).toEqual(changeOf(Number(expected.shown)));
    }
  });
});
