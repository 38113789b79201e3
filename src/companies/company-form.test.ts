import { describe, expect, it } from 'vitest';
import { CompanyForm, shownFields } from './company-form.ts';
import type { Company } from './queries.ts';

const company: Company = {
  name: 'Acme Foods',
  slug: 'acme',
  timeZone: 'UTC',
  currency: 'USD',
  registrationOpen: true,
  taxRatePpm: 82_500,
  shippingCents: 12_50,
  freeShippingFromCents: 500_00,
  lowStockThreshold: 5,
  paperSize: 'A4',
  invoiceDetails: '1 Main Street\nTax ID 12',
  contactEmail: null,
  contactPhone: null,
  openingHours: null,
  version: 3,
};
/** The form as a browser sends it when nobody touched it. */
const sent = {
  ...shownFields(company),
  lowStockThreshold: '5',
  invoiceDetails: '1 Main Street\r\nTax ID 12',
};

const read = (typed: Record<string, unknown>) => CompanyForm.parse({ ...sent, ...typed }).input;

function problemWith(typed: Record<string, string>): string | undefined {
  return CompanyForm.safeParse({ ...sent, ...typed }).error?.issues[0]?.message;
}

describe('the company form', () => {
  it('says what it shows, and nothing else when nobody touched it', () => {
    expect(sent).toMatchObject({ taxRate: '8.25', shipping: '12.50', freeShippingFrom: '500.00' });
    const { version, input } = CompanyForm.parse(sent);
    expect({ ...company, ...input, version }).toEqual(company);
    expect(Object.keys(input)).toEqual([
      'name',
      'timeZone',
      'currency',
      'lowStockThreshold',
      'paperSize',
      'invoiceDetails',
      'taxRatePpm',
      'shippingCents',
      'freeShippingFromCents',
    ]);
  });

  it.each([
    ['0', 0],
    ['30', 300_000],
    [' 8.25 ', 82_500],
    ['8.875', 88_750],
    ['0.0001', 1],
    ['29.9999', 299_999],
    // 1.1 * 10_000 and its like are off by a little in binary fractions.
    ['1.1', 11_000],
    ['4.35', 43_500],
  ])('reads a tax rate of %j as %i parts per million, and shows it again', (typed, ppm) => {
    expect(read({ taxRate: typed }).taxRatePpm).toBe(ppm);
    expect(shownFields({ ...company, taxRatePpm: ppm }).taxRate).toBe(typed.trim());
  });

  it('has no free shipping where the field is empty, and no details', () => {
    const empty = read({ freeShippingFrom: ' ', invoiceDetails: '' });
    expect(empty).toMatchObject({ freeShippingFromCents: null, invoiceDetails: null });
    expect(shownFields({ ...company, freeShippingFromCents: null }).freeShippingFrom).toBe('');
    expect(read({ freeShippingFrom: '0' }).freeShippingFromCents).toBe(0);
  });

  it('reads amounts in the currency that was shown beside them', () => {
    const typed = { shipping: '$15', freeShippingFrom: 'USD 1,200.50' };
    const shown = { 'shipping-currency': 'USD', 'freeShippingFrom-currency': 'USD' };
    expect(read({ ...typed, ...shown })).toMatchObject({
      shippingCents: 15_00,
      freeShippingFromCents: 1_200_50,
    });
  });

  it('leaves alone what a page did not have yet', () => {
    const { name, timeZone, currency } = sent;
    expect(CompanyForm.parse({ name, timeZone, currency, version: '3' }).input).toEqual({
      name,
      timeZone,
      currency,
    });
  });

  it.each([
    [{ taxRate: '' }, 'Tax rate is required.'],
    [{ taxRate: '30.0001' }, 'Tax rate must be between 0 and 30 %.'],
    [{ taxRate: '-1' }, 'Tax rate must be between 0 and 30 %.'],
    [{ taxRate: '9'.repeat(400) }, 'Tax rate must be between 0 and 30 %.'],
    [{ taxRate: '8.12345' }, 'Tax rate must have at most 4 decimal places.'],
    [{ taxRate: '8,25' }, 'Did you mean 8.25? Use a dot for decimals.'],
    [{ taxRate: '1e1' }, 'Tax rate must be a number like 8.25.'],
    [{ taxRate: '8\0' }, 'Text contains characters that cannot be stored.'],
    [{ shipping: '' }, 'Shipping rate is required.'],
    [{ shipping: '$15' }, 'Shipping rate must be a number without a currency sign, like 12.50.'],
    [
      { shipping: '€15', 'shipping-currency': 'USD' },
      'Shipping rate must be in USD, not €. Enter an amount like 12.50.',
    ],
    [
      { shipping: '12.505' },
      'Shipping rate must have at most 2 decimal places. Did you mean 12,505?',
    ],
    [{ shipping: '1000000.01' }, 'Shipping rate must be between 0 and 1,000,000.'],
    [{ shipping: '-0.01' }, 'Shipping rate must be between 0 and 1,000,000.'],
    [{ freeShippingFrom: 'never' }, 'Free shipping from must be a number like 12.50.'],
    [{ freeShippingFrom: '100000001' }, 'Free shipping from must be between 0 and 100,000,000.'],
    [{ lowStockThreshold: '' }, 'Low-stock threshold is required.'],
    [
      { lowStockThreshold: '2.5' },
      'Low-stock threshold must be a whole number from 0 to 1,000,000,000.',
    ],
    [{ paperSize: 'A3' }, 'Choose a paper size from the list.'],
    [{ invoiceDetails: 'x'.repeat(501) }, 'Company details must be at most 500 characters.'],
  ])('refuses %j', (typed, message) => {
    expect(problemWith(typed)).toBe(message);
  });

  it('counts a line break once, though browsers send two characters', () => {
    const details = `${'x'.repeat(249)}\r\n${'y'.repeat(250)}`;
    expect(read({ invoiceDetails: details }).invoiceDetails).toHaveLength(500);
  });
});
