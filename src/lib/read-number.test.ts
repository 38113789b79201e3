import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber } from './format-number.ts';
import { amountText, formatMoney } from './money.ts';
import { type NumberField, readNumber } from './read-number.ts';

const MONEY: NumberField = {
  label: 'Price',
  decimals: 2,
  max: 1_000_000_00,
  range: 'From 0 to 1,000,000.',
  noNumber: 'No number.',
  currency: 'USD',
};
const WHOLE: NumberField = {
  label: 'Stock',
  decimals: 0,
  max: 99_999,
  range: 'From 0 to 99,999.',
  noNumber: 'No whole number.',
};
const PERCENT: NumberField = {
  label: 'Tax rate',
  decimals: 4,
  max: 30_0000,
  range: 'From 0 to 30 %.',
  noNumber: 'No percent.',
  isPercent: true,
};

function read(text: string, field: NumberField): number | string {
  const result = readNumber(text, field);
  return 'value' in result ? result.value : result.problem;
}

describe('a number with one meaning is read', () => {
  it.each([
    ['42.50', 42_50],
    [' 42.5 ', 42_50],
    ['$42.50', 42_50],
    ['42.50 $', 42_50],
    ['USD 42.50', 42_50],
    ['usd42.50', 42_50],
    ['US$42.50', 42_50],
    ['$ 1,200.50 USD', 1_200_50],
    ['+$5', 5_00],
    ['$+5', 5_00],
    ['1,200', 1_200_00],
    ['1,200.5', 1_200_50],
    ['1 200.50', 1_200_50],
    ['1\u00A0200', 1_200_00],
    ['1\u2009200', 1_200_00],
    ['1\u202F200', 1_200_00],
    ["1'200", 1_200_00],
    ['1’200.50', 1_200_50],
    ['999,999', 999_999_00],
    ['.5', 50],
    ['5.', 5_00],
    ['0.500', 50],
    ['1234.500', 1_234_50],
    ['12.5000', 12_50],
    ['1,200.500', 1_200_50],
    ['0012', 12_00],
    ['１，２００．５０', 1_200_50],
    ['＄５', 5_00],
    ['\u202A$5\u202C', 5_00],
  ])('money: %j', (text, cents) => {
    expect(read(text, MONEY)).toBe(cents);
  });

  it.each([
    ['1,200', 1_200],
    ['1 200', 1_200],
    ["12'000", 12_000],
    ['24.0', 24],
    ['1,200.00', 1_200],
    ['+7', 7],
    ['７', 7],
  ])('whole: %j', (text, units) => {
    expect(read(text, WHOLE)).toBe(units);
  });

  it.each([
    ['8.25%', 8_2500],
    ['8.25 %', 8_2500],
    ['8.875', 8_8750],
    ['8.250', 8_2500],
    ['０.５％', 5000],
  ])('percent: %j', (text, parts) => {
    expect(read(text, PERCENT)).toBe(parts);
  });

  it.each([
    ['€5', 'EUR'],
    ['5 eur', 'EUR'],
    ['C$5', 'CAD'],
    ['CA$5', 'CAD'],
    ['$5', 'CAD'],
    ['£5', 'GBP'],
    ['￡５', 'GBP'],
    ['CHF 5', 'CHF'],
    ['5 kr', 'SEK'],
    ['5 zł', 'PLN'],
    ['R$ 5', 'BRL'],
    ['₹5', 'INR'],
  ])('%j in %s', (text, currency) => {
    expect(read(text, { ...MONEY, currency })).toBe(5_00);
  });
});

describe('a number that can mean something else is asked about', () => {
  it.each([
    ['1.200', 'Did you mean 1,200 or 1.20?'],
    ['1.000', 'Did you mean 1,000 or 1.00?'],
    ['$12.500', 'Did you mean 12,500 or 12.50?'],
    ['0,500', 'Did you mean 500 or 0.50?'],
    ['12,5', 'Did you mean 12.50? Use a dot for decimals.'],
    ['12,50', 'Did you mean 12.50? Use a dot for decimals.'],
    ['1.200,50', 'Did you mean 1,200.50? Use a dot for decimals.'],
    ['1 200,50', 'Did you mean 1,200.50? Use a dot for decimals.'],
    ['1,23,456', 'Did you mean 123,456?'],
    ['1,2345.50', 'Did you mean 12,345.50? Use a dot for decimals.'],
    ['12 50', 'Did you mean 1,250 or 12.50?'],
    ['12.345', 'Price must have at most 2 decimal places. Did you mean 12,345?'],
  ])('money: %j', (text, problem) => {
    expect(read(text, MONEY)).toBe(problem);
  });

  it.each([
    ['1.000', 'Did you mean 1,000 or 1.00?'],
    ['123.000', 'Did you mean 123,000 or 123.00?'],
    ['1.200', 'From 0 to 99,999. Did you mean 1,200?'],
    ['1,23', 'From 0 to 99,999.'],
    ['12 5', 'Did you mean 125?'],
  ])('whole: %j', (text, problem) => {
    expect(read(text, WHOLE)).toBe(problem);
  });

  it.each([
    ['8,25', 'Did you mean 8.25? Use a dot for decimals.'],
    ['8,250 %', 'From 0 to 30 %. Did you mean 8.25? Use a dot for decimals.'],
    ['0,825', 'Did you mean 0.825? Use a dot for decimals.'],
  ])('percent: %j', (text, problem) => {
    expect(read(text, PERCENT)).toBe(problem);
  });

  it('asks in a spelling that is read', () => {
    const figure = fc.string({
      unit: fc.constantFrom(...Array.from("0123456789.,' ")),
      maxLength: 12,
    });
    fc.assert(
      fc.property(figure, fc.constantFrom(MONEY, WHOLE, PERCENT), (text, field) => {
        const asked =
          /Did you mean (.*)\?/.exec(String(read(text, field)))?.[1]?.split(' or ') ?? [];
        // 123,000 may be what was meant, and beyond what the field takes.
        for (const spelling of asked) expect(read(spelling, field)).not.toContain('Did you mean');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('anything else is refused', () => {
  const ABROAD = 'Price must be in USD, not %s. Enter an amount like 12.50.';
  it.each([
    ['', 'Price is required.'],
    [' \u00A0', 'Price is required.'],
    ['abc', 'No number.'],
    ['1e3', 'No number.'],
    ['--5', 'No number.'],
    ['+-5', 'No number.'],
    ['-5', 'From 0 to 1,000,000.'],
    ['$-5', 'From 0 to 1,000,000.'],
    ['-$5', 'From 0 to 1,000,000.'],
    ['−5', 'From 0 to 1,000,000.'],
    ['(5)', 'No number.'],
    ['12.345678', 'Price must have at most 2 decimal places.'],
    ['0.001', 'Price must have at most 2 decimal places.'],
    ['1000000.01', 'From 0 to 1,000,000.'],
    ['9'.repeat(400), 'From 0 to 1,000,000.'],
    ['9'.repeat(4_000_000), 'No number.'],
    ['€5', ABROAD.replace('%s', '€')],
    ['5 EUR', ABROAD.replace('%s', 'EUR')],
    ['CA$5', ABROAD.replace('%s', 'CA$')],
    ['$5 €', ABROAD.replace('%s', '€')],
    ['5 pcs', 'No number.'],
    ['5%', 'No number.'],
    ['½', 'No number.'],
    ['5²', 'No number.'],
    ['1/2', 'No number.'],
    ['1,,200', 'No number.'],
    ['1,200,', 'No number.'],
    ['1.2.3', 'No number.'],
    ['$', 'No number.'],
    ['.', 'No number.'],
  ])('%.40j', (text, problem) => {
    expect(read(text, MONEY)).toBe(problem);
  });

  it('is a sign of money where there is none, and any sign where the currency is not known', () => {
    expect(read('$5', WHOLE)).toBe('No whole number.');
    expect(read('$5', { ...MONEY, currency: null })).toBe(
      'Price must be a number without a currency sign, like 12.50.',
    );
  });
});

describe('what pages show is read back as it is stored', () => {
  const cents = fc.integer({ min: 0, max: MONEY.max });

  it('as fields show it, and as texts do', () => {
    fc.assert(
      fc.property(cents, (amount) => {
        expect(read(amountText(amount), MONEY)).toBe(amount);
        expect(read(formatMoney(amount, 'USD'), MONEY)).toBe(amount);
      }),
      { numRuns: 2_000 },
    );
  });

  it('in every spelling of it', () => {
    const spelling = fc.record({
      before: fc.constantFrom('', ' ', '$', '$ ', 'USD ', 'us$', '+', '\u202A'),
      group: fc.constantFrom('', ',', ' ', '\u00A0', "'", '’'),
      behind: fc.constantFrom('', ' ', ' $', ' USD', '\u2007'),
    });
    fc.assert(
      fc.property(cents, spelling, (amount, { before, group, behind }) => {
        const whole = formatNumber(Math.floor(amount / 100)).replaceAll(',', group);
        const text = `${before}${whole}.${amountText(amount).slice(-2)}${behind}`;
        expect(read(text, MONEY), text).toBe(amount);
      }),
      { numRuns: 2_000 },
    );
  });

  it('and no other number is read from digits than the one they are', () => {
    const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789.')), maxLength: 9 });
    fc.assert(
      fc.property(digits, (text) => {
        const result = readNumber(text, MONEY);
        if ('value' in result) expect(result.value).toBeCloseTo(Number(text) * 100, 6);
      }),
      { numRuns: 2_000 },
    );
  });
});
