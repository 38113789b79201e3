import { Icon } from './icon.tsx';

type QuantityInputProps = {
  id: string;
  name: string;
  /** What is counted, for those who do not see the row around it: `Quantity of Flour`. */
  label: string;
  /** As typed, even where it is no number. */
  value: string;
  error?: string | undefined;
  autofocus?: boolean;
  /** Id of what the row says about stock. */
  describedBy?: string;
};

/** How many of a row, with what is wrong about it below. */
export function QuantityInput(props: QuantityInputProps) {
  const { id, name, label, value, error, autofocus, describedBy } = props;
  const describing = [error && `${id}-error`, describedBy].filter(Boolean).join(' ');
  return (
    <span class="quantity">
      <input
        class="input"
        id={id}
        name={name}
        value={value}
        inputmode="numeric"
        autocomplete="off"
        aria-label={label}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describing || undefined}
        autofocus={autofocus || undefined}
      />
      {error && (
        <span class="field-error" id={`${id}-error`}>
          <Icon name="circle-alert" />
          <span>{error}</span>
        </span>
      )}
    </span>
  );
}
