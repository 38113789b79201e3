import { z } from 'zod';
import { NOTES_MAX, text, version } from '../lib/fields.ts';
import { amountText } from '../lib/money.ts';
import { inCurrency, lines, typed, typedAmount } from '../lib/typed.ts';
import { percentFromPpm, readTaxRate } from '../companies/tax-rate.ts';
import { typedCreditLimit } from './credit-limit.ts';
import type { Customer } from './queries.ts';
import { CUSTOMER_STATUSES, type CustomerPatch } from './schema.ts';

const NOTES = `Notes must be at most ${NOTES_MAX} characters.`;

const creditLimit = typedAmount(typedCreditLimit).transform(({ cents }) =>
  cents === null ? null : cents / 100,
);

/** In percent; empty = the company's own rate (null). */
const taxRate = typed((text) => (text.trim() === '' ? { ppm: null } : readTaxRate(text))).transform(
  ({ ppm }) => ppm,
);

/**
 * The profile's edit form as browsers send it, with what its fields and the customer's version were when it was opened.
 * Only what was touched comes into `patch`: notes that were not would come back without their outer blanks and with
 * other line breaks, and a save of nothing would change them.
 */
export const CustomerForm = inCurrency(
  z
    .object({
      notes: lines.pipe(text(NOTES_MAX, NOTES)),
      creditLimit,
      shownNotes: lines.pipe(z.string()).catch(''),
      shownCreditLimit: creditLimit.catch(null),
      // A page that was opened before the field was there takes nothing back.
      taxRate: taxRate.optional(),
      shownTaxRate: taxRate.catch(null),
      version,
    })
    .transform(
      ({ version: seen, notes, shownNotes, creditLimit: limit, taxRate: ppm, ...shown }) => {
        const patch: Pick<CustomerPatch, 'notes' | 'creditLimit' | 'taxRateOverride'> = {};
        if (notes !== shownNotes.trim()) patch.notes = notes;
        if (limit !== shown.shownCreditLimit) patch.creditLimit = limit;
        if (ppm !== undefined && ppm !== shown.shownTaxRate) {
          patch.taxRateOverride = ppm === null ? null : ppm / 1_000_000;
        }
        return { version: seen, patch };
      },
    ),
);
export type CustomerForm = z.infer<typeof CustomerForm>;

/** The buttons that block and activate. */
export const CustomerStatusForm = z.object({
  status: z.enum(CUSTOMER_STATUSES, 'Invalid status.'),
});

/** The buttons that trust a customer whose email is not confirmed, and stop it. */
export const CustomerTrustForm = z.object({
  trusted: z.enum(['yes', 'no'], 'Invalid choice.').transform((choice) => choice === 'yes'),
});

/** What the form's fields show of a customer. */
export function shownFields({ notes, creditLimitCents, taxRateOverridePpm }: Customer) {
  return {
    notes: notes ?? '',
    creditLimit: creditLimitCents === null ? '' : amountText(creditLimitCents),
    taxRate: taxRateOverridePpm === null ? '' : percentFromPpm(taxRateOverridePpm),
  };
}

/** The unseen part of the form that is opened on this customer. */
export function openedOn(customer: Customer) {
  const shown = shownFields(customer);
  return {
    version: customer.version,
    shownNotes: shown.notes,
    shownCreditLimit: shown.creditLimit,
    shownTaxRate: shown.taxRate,
  };
}
