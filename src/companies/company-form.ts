import { z } from 'zod';
import { typedUnits } from '../catalog/stock.ts';
import { version } from '../lib/fields.ts';
import { amountText } from '../lib/money.ts';
import { inCurrency, lines, typed, typedAmount } from '../lib/typed.ts';
import { readMoney } from '../lib/typed-number.ts';
import type { Company } from './queries.ts';
import {
  CompanyFields,
  type CompanyInput,
  FREE_SHIPPING_FROM_MAX_CENTS,
  SHIPPING_MAX_CENTS,
} from './schema.ts';
import { percentFromPpm, readTaxRate } from './tax-rate.ts';

const SHIPPING = { label: 'Shipping rate', maxCents: SHIPPING_MAX_CENTS };
const FREE_SHIPPING_FROM = {
  label: 'Free shipping from',
  maxCents: FREE_SHIPPING_FROM_MAX_CENTS,
};

/**
 * The settings as browsers send them, with the version the edit is based on. A field that is not
 * sent stays as it is, so a page opened before the field was there takes nothing back.
 */
export const CompanyForm = inCurrency(
  z
    .object({
      name: CompanyFields.shape.name,
      timeZone: CompanyFields.shape.timeZone,
      currency: CompanyFields.shape.currency,
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
      paperSize: CompanyFields.shape.paperSize,
      invoiceDetails: lines.pipe(CompanyFields.shape.invoiceDetails),
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
