import { currencyOf } from '#src/lib/typed.ts';
import { Button } from './button.tsx';
import { CurrencyBefore } from './currency-before.tsx';
import { Icon } from './icon.tsx';

type InlineFormProps = {
  action: string;
  hidden?: Readonly<Record<string, string | number>>;
  name: string;
  /** Says what is edited, for those who do not see the row around it: `Price of Flour`. */
  label: string;
  value: string;
  /** ISO 4217 code of an amount: its sign is shown, and it is sent along. */
  currency?: string;
  error?: string | undefined;
  /** Opened to be typed into at once. */
  autofocus?: boolean;
  /** The page without the form. */
  cancelHref?: string;
  /** On the button. */
  save?: string;
};

/** One value of a row, edited where it stands. */
export function InlineForm(props: InlineFormProps) {
  const {
    action,
    hidden = {},
    name,
    label,
    value,
    currency,
    error,
    autofocus,
    save = 'Save',
  } = props;
  const errorId = error && `${name}-${Object.values(hidden).join('-')}-error`;
  return (
    <form class="inline-form" method="post" action={action} novalidate>
      {Object.entries(hidden).map(([key, text]) => (
        <input type="hidden" name={key} value={String(text)} />
      ))}
      <span class="input-frame">
        {currency && <CurrencyBefore currency={currency} />}
        <input
          class="input"
          name={name}
          value={value}
          inputmode="decimal"
          autocomplete="off"
          aria-label={label}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={errorId}
          autofocus={autofocus || error ? true : undefined}
        />
        {currency && <input type="hidden" name={currencyOf(name)} value={currency} />}
      </span>
      <span class="inline-actions">
        {error && (
          <p class="field-error" id={errorId}>
            <Icon name="circle-alert" />
            <span>{error}</span>
          </p>
        )}
        <Button>{save}</Button>
        {props.cancelHref !== undefined && (
          <Button href={props.cancelHref} variant="ghost">
            Cancel
          </Button>
        )}
      </span>
    </form>
  );
}

/** The same over the value it edits, which keeps its room: nothing around it moves. */
export function InlineEditor({ room, ...form }: InlineFormProps & { room: string }) {
  return (
    <span class="in-place-open">
      <span class="in-place-room" aria-hidden="true">
        {room}
      </span>
      <InlineForm {...form} />
    </span>
  );
}
