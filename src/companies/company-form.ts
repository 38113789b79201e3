import { z } from 'zod';
import { typedUnits } from '../catalog/stock.ts';
import { version } from '../lib/fields.ts';
import { amountText } from '../lib/money.ts';
import { inCurrency, lines, ticked, typed, typedAmount } from '../lib/typed.ts';
import { readMoney } from '../lib/typed-number.ts';
import type { Company } from './queries.ts';
import { CompanyInput, FREE_SHIPPING_FROM_MAX_CENTS, SHIPPING_MAX_CENTS } from './schema.ts';
import { percentFromPpm, readTaxRate } from './tax-rate.ts';

const SHIPPING = { label: 'Shipping rate', maxCents: SHIPPING_MAX_CENTS };
const FREE_SHIPPING_FROM = {
  label: 'Free shipping from',
  maxCents: FREE_SHIPPING_FROM_MAX_CENTS,
};

/**
 * The settings as browsers send them, with the version the edit is based on. A box that is sent is ticked; a field that
 * is not sent stays as it is, so a page opened before the field was there takes nothing back.
 */
export const CompanyForm = inCurrency(
  z
    .object({
      name: CompanyInput.shape.name,
      slug: CompanyInput.shape.slug,
      timeZone: CompanyInput.shape.timeZone,
      currency: CompanyInput.shape.currency,
      registrationOpen: ticked,
      /** In percent. */
      taxRate: typed(readTaxRate)
        .transform(({ ppm }) => ppm)
        .optional(),
      shipping: typedAmount((text, currency) => readMoney(text, SHIPPING, currency))
        .transform(({ cents }) => cents)
        .optional(),
      freeShippingFrom: typedAmount((text, currency) =>
        text.trim() === '' ? { cents: null } : readMoney(text, FREE_SHIPPING_FROM, currency),
      )
        .transform(({ cents }) => cents)
        .optional(),
      lowStockThreshold: typed((text) => typedUnits(text, 'Low-stock threshold'))
        .transform(({ units }) => units)
        .optional(),
      paperSize: CompanyInput.shape.paperSize,
      invoiceDetails: lines.pipe(CompanyInput.shape.invoiceDetails),
      version,
    })
    .transform(({ version: seen, taxRate, shipping, freeShippingFrom, ...same }) => ({
      version: seen,
      input: {
        ...same,
        taxRatePpm: taxRate,
        shippingCents: shipping,
        freeShippingFromCents: freeShippingFrom,
      } satisfies CompanyInput,
    })),
);

/** What the form's fields show of a company. */
export function shownFields({
  taxRatePpm,
  shippingCents,
  freeShippingFromCents,
  ...same
}: Company) {
  return {
    ...same,
    taxRate: percentFromPpm(taxRatePpm),
    shipping: amountText(shippingCents),
    freeShippingFrom: freeShippingFromCents === null ? '' : amountText(freeShippingFromCents),
  };
}
