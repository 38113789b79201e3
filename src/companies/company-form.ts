import { z } from 'zod';
import { readUnits } from '../catalog/stock.ts';
import { version } from '../lib/fields.ts';
import { decimalFromCents } from '../lib/money.ts';
import { readAmount } from '../lib/read-amount.ts';
import { lines, ticked, typed } from '../lib/typed.ts';
import type { Company } from './queries.ts';
import { CompanyInput, FREE_SHIPPING_FROM_MAX_CENTS, SHIPPING_MAX_CENTS } from './schema.ts';
import { percentFromPpm, readTaxRate } from './tax-rate.ts';

/**
 * The settings as browsers send them, with the version the edit is based on. A box that is sent is ticked; a field that
 * is not sent stays as it is, so a page opened before the field was there takes nothing back.
 */
export const CompanyForm = z
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
    shipping: typed((text) => readAmount(text, 'Shipping rate', SHIPPING_MAX_CENTS))
      .transform(({ cents }) => cents)
      .optional(),
    freeShippingFrom: typed((text) =>
      text.trim() === ''
        ? { cents: null }
        : readAmount(text, 'Free shipping from', FREE_SHIPPING_FROM_MAX_CENTS),
    )
      .transform(({ cents }) => cents)
      .optional(),
    lowStockThreshold: typed((text) => readUnits(text, 'Low-stock threshold'))
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
  }));

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
    shipping: decimalFromCents(shippingCents),
    freeShippingFrom: freeShippingFromCents === null ? '' : decimalFromCents(freeShippingFromCents),
  };
}
