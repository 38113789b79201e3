import type { BulkAction } from '#src/catalog/bulk-form.ts';
import type { ProductView } from '#src/catalog/product-list.ts';
import { BulkBar } from '../../views/bulk-bar.tsx';
import { Select } from '../../views/select.tsx';
import type { FormErrors, FormValues } from '../../views/form.tsx';
import { BULK_PATH, pageHref } from './paths.ts';
import { BULK_FORM } from './products-table.tsx';

const ACTIONS = {
  activate: 'Activate',
  deactivate: 'Deactivate',
  category: 'Move to category',
  add: 'Add units to stock',
  take: 'Take units from stock',
  count: 'Set stock to',
} satisfies Record<BulkAction, string>;

/** A bulk action that was refused: what was sent, and why. */
export type BulkProblem = { values: FormValues; errors: FormErrors };

type Props = { view: ProductView; problem: BulkProblem | undefined };

/** What can be done with the selected products. */
export function BulkActions({ view, problem }: Props) {
  const text = (name: string) => String(problem?.values[name] ?? '');
  const error = problem && Object.values(problem.errors).flat()[0];
  return (
    <BulkBar
      id={BULK_FORM}
      action={pageHref(view, {}, BULK_PATH)}
      label="Selected products"
      error={error}
    >
      <Select
        name="action"
        aria-label="Action for the selected products"
        value={text('action')}
        options={[
          { value: '', label: 'Choose an action' },
          ...Object.entries(ACTIONS).map(([value, label]) => ({ value, label })),
        ]}
      />
      <input
        class="input"
        name="value"
        value={text('value')}
        aria-label="Category, or number of units"
        placeholder="Category or units"
        autocomplete="off"
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={error === undefined ? undefined : `${BULK_FORM}-error`}
      />
    </BulkBar>
  );
}
