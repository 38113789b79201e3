import { TIME_ZONES, currencyCodes } from '#src/companies/choices.ts';
import { INVOICE_DETAILS_MAX } from '#src/companies/schema.ts';
import { Field, SelectField } from '../../views/field.tsx';
import { Columns } from '../../views/layout.tsx';

type Saved = { timeZone: string; currency: string };

/** The company's name, and how it writes time and money. */
export function CompanyFields({ saved }: { saved: Saved }) {
  return (
    <>
      <Field name="name" label="Company name" autocomplete="organization" required />
      <SelectField
        name="timeZone"
        label="Time zone"
        hint="Used for dates and reports in the dashboard."
        options={timeZoneOptions(saved.timeZone)}
      />
      <SelectField
        name="currency"
        label="Currency"
        hint="Amounts aren’t converted."
        options={currencyOptions(saved.currency)}
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
          hint="Applied to the subtotal. Shipping isn’t taxed."
        />
        <Field
          name="shipping"
          label="Shipping rate"
          type="money"
          currency={currency}
          hint="Flat rate per order."
        />
      </Columns>
      <Columns of={2}>
        <Field
          name="freeShippingFrom"
          label="Free shipping over"
          type="money"
          currency={currency}
          hint="Leave blank for none."
          optional
        />
        <Field
          name="lowStockThreshold"
          label="Low-stock threshold"
          type="number"
          unit="units"
          hint="You’re alerted at or below this level. Products can have their own."
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
        hint={`Printed below your company name: address, tax number, bank account. At most ${INVOICE_DETAILS_MAX} characters.`}
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
