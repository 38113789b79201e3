import { type CustomerForm, openedOn, shownFields } from '#src/customers/customer-form.ts';
import type { Customer } from '#src/customers/queries.ts';
import { percentFromPpm } from '#src/companies/tax-rate.ts';
import { amountText } from '#src/lib/money.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { Field, type FieldProps } from '../../views/field.tsx';
import { Form, FormActions, type FormErrors, type FormValues } from '../../views/form.tsx';
import { Columns } from '../../views/layout.tsx';
import { profilePath } from './paths.ts';

/** An edit that could not be saved: all that was sent, and what is wrong with it. */
export type Edit = { values: FormValues; errors: FormErrors };

type Props = { customer: Customer; currency: string };

const FIELDS = {
  notes: { label: 'Notes', type: 'textarea', rows: 6, hint: 'The customer never sees these.' },
  creditLimit: {
    label: 'Credit limit',
    type: 'money',
    hint: 'For your records: no order is refused because of it. Empty means no limit.',
  },
  taxRate: {
    label: 'Tax rate',
    type: 'number',
    unit: '%',
    hint: "Empty means your company's rate.",
  },
} as const satisfies Record<string, Partial<FieldProps>>;

/** Notes, credit limit and tax rate, edited in place. */
export function EditForm({ customer, currency, edit }: Props & { edit: Edit | undefined }) {
  return (
    <Card title="Details">
      <Form
        action={profilePath(customer.id)}
        // What was sent stays based on the version it was typed on.
        hidden={edit ? openedBefore(edit.values) : openedOn(customer)}
        values={edit?.values ?? shownFields(customer)}
        errors={edit?.errors}
        guard
      >
        <Field name="notes" {...FIELDS.notes} />
        <Field name="creditLimit" {...FIELDS.creditLimit} currency={currency} />
        <Field name="taxRate" {...FIELDS.taxRate} />
        <FormActions>
          <Button variant="primary">Save</Button>
        </FormActions>
      </Form>
    </Card>
  );
}

function openedBefore({ version, shownNotes, shownCreditLimit, shownTaxRate }: FormValues) {
  return {
    version: String(version),
    shownNotes: String(shownNotes ?? ''),
    shownCreditLimit: String(shownCreditLimit ?? ''),
    shownTaxRate: String(shownTaxRate ?? ''),
  };
}

/** The same form after somebody else has saved: theirs beside what was typed. Saving again is then a decision. */
export function ConflictForm({
  customer,
  currency,
  patch,
}: Props & { patch: CustomerForm['patch'] }) {
  const theirs = shownFields(customer);
  const mine = typedFields(patch);
  return (
    <Card title="Details">
      <Form
        action={profilePath(customer.id)}
        hidden={openedOn(customer)}
        values={{ ...theirs, ...mine }}
        guard
      >
        <Compared name="notes" mine={mine.notes} theirs={theirs.notes} {...FIELDS.notes} />
        <Compared
          name="creditLimit"
          mine={mine.creditLimit}
          theirs={theirs.creditLimit}
          {...FIELDS.creditLimit}
          currency={currency}
        />
        <Compared name="taxRate" mine={mine.taxRate} theirs={theirs.taxRate} {...FIELDS.taxRate} />
        <FormActions>
          <Button variant="primary">Save mine instead</Button>
          <Button href={profilePath(customer.id)}>Keep what is saved</Button>
        </FormActions>
      </Form>
    </Card>
  );
}

type ComparedProps = FieldProps & { mine: string | undefined; theirs: string };

function Compared({ mine, theirs, ...field }: ComparedProps) {
  if (mine === undefined || mine === theirs) return <Field {...field} />;
  return (
    <Columns of={2}>
      <Field {...field} label={`${field.label}: yours`} />
      <Field
        {...field}
        name={`saved-${field.name}`}
        label={`${field.label}: saved meanwhile`}
        hint={theirs === '' ? 'Empty.' : ''}
        value={theirs}
        readonly
      />
    </Columns>
  );
}

/** What was typed into the fields that were touched. */
function typedFields({ notes, creditLimit, taxRateOverride }: CustomerForm['patch']): {
  notes?: string;
  creditLimit?: string;
  taxRate?: string;
} {
  return {
    ...(notes !== undefined && { notes: notes ?? '' }),
    ...(creditLimit !== undefined && {
      creditLimit: creditLimit === null ? '' : amountText(Math.round(creditLimit * 100)),
    }),
    ...(taxRateOverride !== undefined && {
      taxRate:
        taxRateOverride === null ? '' : percentFromPpm(Math.round(taxRateOverride * 1_000_000)),
    }),
  };
}
