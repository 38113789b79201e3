import { TIME_ZONES, currencyCodes } from '#src/companies/choices.ts';
import { INVOICE_DETAILS_MAX } from '#src/companies/schema.ts';
import { CheckField } from '../../views/check-field.tsx';
import { Field, SelectField } from '../../views/field.tsx';
import { Columns } from '../../views/layout.tsx';

type Saved = { timeZone: string; currency: string };

/** Who the company is, and how it is reached. */
export function CompanyFields({ saved }: { saved: Saved }) {
  return (
    <>
      <Field name="name" label="Company name" autocomplete="organization" required />
      <Field
        name="slug"
        label="Slug"
        hint="The last part of your storefront link. The old link goes on working until another company takes it."
        required
      />
      <SelectField
        name="timeZone"
        label="Time zone"
        hint="Dates and reports in the dashboard follow it."
        options={timeZoneOptions(saved.timeZone)}
      />
      <SelectField
        name="currency"
        label="Currency"
        hint="Amounts keep their figures when it changes; nothing is converted."
        options={currencyOptions(saved.currency)}
      />
      <CheckField
        name="registrationOpen"
        label="Customers may register at the storefront"
        hint="Switched off, nobody new can sign up: customers come by import and through the API. Those you have go on logging in."
      />
    </>
  );
}

/** What comes on top of an order, and when stock is low. */
export function OrderFields({ currency }: { currency: string }) {
  return (
    <>
      <Columns of={2}>
        <Field
          name="taxRate"
          label="Tax rate"
          type="number"
          unit="%"
          hint="Of the subtotal, like 8.25. Shipping is not taxed."
        />
        <Field
          name="shipping"
          label="Shipping rate"
          type="money"
          currency={currency}
          hint="For every order, whatever is in it."
        />
      </Columns>
      <Columns of={2}>
        <Field
          name="freeShippingFrom"
          label="Free shipping from"
          type="money"
          currency={currency}
          hint="Subtotal from which shipping costs nothing. Empty means never."
          optional
        />
        <Field
          name="lowStockThreshold"
          label="Low-stock threshold"
          type="number"
          unit="units"
          hint="Warns when a product's stock falls to it. Products may have their own."
        />
      </Columns>
    </>
  );
}

const PAPER_SIZES = [
  { value: 'LETTER', label: 'US Letter' },
  { value: 'A4', label: 'A4' },
];

/** What invoices look like. */
export function InvoiceFields() {
  return (
    <>
      <SelectField name="paperSize" label="Paper size" options={PAPER_SIZES} />
      <Field
        name="invoiceDetails"
        label="Company details"
        type="textarea"
        hint={`Stands below your company's name: address, tax number, bank account. At most ${INVOICE_DETAILS_MAX} characters.`}
        optional
      />
    </>
  );
}

function timeZoneOptions(current: string) {
  return withCurrent(TIME_ZONES, current).map((value) => ({
    value,
    label: value.replaceAll('_', ' '),
  }));
}

function currencyOptions(current: string) {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  return withCurrent(currencyCodes(), current).map((value) => ({
    value,
    label: `${value} — ${names.of(value) ?? value}`,
  }));
}

/** A stored value is never swapped for another just because the list does not have it. */
function withCurrent(values: readonly string[], current: string): readonly string[] {
  return values.includes(current) ? values : [current, ...values];
}
