import type { Child } from 'hono/jsx';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

type BulkBarProps = {
  /** The form that the rows' boxes belong to. */
  id: string;
  action: string;
  /** What is ticked, in words: `Selected products`. */
  label: string;
  error?: string | undefined;
  /** The choice of what to do. */
  children: Child;
};

/** Below a list, as soon as one of its rows is ticked: one act for all that are. */
export function BulkBar({ id, action, label, error, children }: BulkBarProps) {
  return (
    <form
      class="bulk-bar"
      id={id}
      method="post"
      action={action}
      aria-label={label}
      data-refused={error === undefined ? undefined : ''}
    >
      <span class="bulk-label">{label}</span>
      <button class="button button-ghost needs-script" type="button" data-tick={id}>
        Select all
      </button>
      {children}
      <Button variant="primary">Apply</Button>
      {error !== undefined && (
        <p class="field-error" role="alert" id={`${id}-error`}>
          <Icon name="circle-alert" />
          <span>{error}</span>
        </p>
      )}
    </form>
  );
}

/** The box of a row, to be `rowLead` of its table. */
export function RowTick({
  form,
  name,
  value,
  label,
  ticked,
}: {
  form: string;
  name: string;
  value: string;
  label: string;
  ticked: boolean;
}) {
  return (
    <label class="row-tick">
      <input type="checkbox" form={form} name={name} value={value} checked={ticked} />
      <span class="sr-only">{label}</span>
    </label>
  );
}
