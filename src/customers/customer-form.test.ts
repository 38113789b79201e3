import { describe, expect, it } from 'vitest';
import { CustomerForm } from './customer-form.ts';

const OPENED = {
  notes: '',
  creditLimit: '',
  taxRate: '' as string | undefined,
  shownNotes: '',
  shownCreditLimit: '',
  shownTaxRate: '',
  version: '1',
};

function patchOf(typed: Partial<typeof OPENED>) {
  return CustomerForm.parse({ ...OPENED, ...typed }).patch;
}

function problemsOf(typed: object) {
  const result = CustomerForm.safeParse({ ...OPENED, ...typed });
  return result.error?.issues.map(({ path, message }) => [path.join('.'), message]);
}

describe("the profile's form", () => {
  it('patches what was touched, and nothing else', () => {
    expect(patchOf({})).toEqual({});
    expect(patchOf({ notes: ' Dock B ' })).toEqual({ notes: 'Dock B' });
    expect(patchOf({ shownNotes: 'Dock B' })).toEqual({ notes: '' });
    expect(patchOf({ creditLimit: '1,200.50' })).toEqual({ creditLimit: 1200.5 });
    expect(patchOf({ creditLimit: ' ', shownCreditLimit: '5' })).toEqual({ creditLimit: null });
    expect(patchOf({ creditLimit: '5.00', shownCreditLimit: '5' })).toEqual({});
    expect(patchOf({ taxRate: '8.25' })).toEqual({ taxRateOverride: 0.0825 });
    expect(patchOf({ taxRate: '0' })).toEqual({ taxRateOverride: 0 });
    expect(patchOf({ taxRate: '', shownTaxRate: '8.25' })).toEqual({ taxRateOverride: null });
    expect(patchOf({ taxRate: '8.250', shownTaxRate: '8.25' })).toEqual({});
    expect(patchOf({ taxRate: undefined, shownTaxRate: '8.25' })).toEqual({});
  });

  it('leaves notes alone that only a browser has changed', () => {
    expect(patchOf({ notes: ' a\r\nb\r\n', shownNotes: ' a\nb\n' })).toEqual({});
    expect(patchOf({ notes: 'a\r\nb', shownNotes: 'a\rb' })).toEqual({});
  });

  it('counts a line break as one character', () => {
    const notes = 'a\r\n'.repeat(1000).slice(0, -2);
    expect(patchOf({ notes })).toEqual({ notes: notes.replaceAll('\r', '') });
  });

  it.each([
    [{ creditLimit: 'none' }, 'creditLimit', 'Credit limit must be a number like 12.50.'],
    [{ creditLimit: '-1' }, 'creditLimit', 'Credit limit must be between 0 and 100000000.'],
    [
      { creditLimit: '100000000.01' },
      'creditLimit',
      'Credit limit must be between 0 and 100000000.',
    ],
    [
      { creditLimit: '1.235' },
      'creditLimit',
      'Credit limit must have at most 2 decimal places. Did you mean 1,235?',
    ],
    [{ creditLimit: '1\0' }, 'creditLimit', 'Text contains characters that cannot be stored.'],
    [{ taxRate: '31' }, 'taxRate', 'Tax rate must be between 0 and 30 %.'],
    [{ creditLimit: ['1', '2'] }, 'creditLimit', 'Enter this once.'],
    [{ notes: ['a', 'b'] }, 'notes', 'Enter this once.'],
    [{ notes: 'x'.repeat(2001) }, 'notes', 'Notes must be at most 2000 characters.'],
    [{ notes: '\ud800' }, 'notes', 'Text contains characters that cannot be stored.'],
    [{ notes: undefined }, 'notes', 'Notes must be at most 2000 characters.'],
  ])('refuses %o', (typed, field, message) => {
    expect(problemsOf(typed)).toEqual([[field, message]]);
  });

  it.each(['', 'x', '-1', '1.5', '99999999999', undefined, ['1', '2']])(
    'takes the version %o for one that no customer has',
    (version) => {
      expect(CustomerForm.parse({ ...OPENED, version }).version).toBe(0);
    },
  );
});
