import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { Icon } from './icon.tsx';

type StepperProps = {
  id: string;
  name: string;
  /** What is counted, for those who cannot see it: `Quantity of Flour`. */
  label: string;
  /** As typed, even where it is no number. */
  value: string | number;
  min?: 0 | 1;
  invalid?: boolean;
  disabled?: boolean;
  /** Id of the element that says what is wrong, or what is left. */
  describedBy?: string | undefined;
};

/** A quantity to type, with buttons for one less and one more (need the `store` script). */
export function Stepper(props: StepperProps) {
  const { id, name, label, value, min = 1, disabled } = props;
  const buttons = disabled ? DISABLED : ENABLED;
  return html`<span class="stepper"
    >${buttons.less}<input
      class="input"
      id="${id}"
      name="${name}"
      value="${value}"
      aria-label="${label}"
      inputmode="numeric"
      maxlength="12"
      autocomplete="off"
      data-min="${min}"
      ${disabled && 'disabled'}
      ${props.invalid && html`aria-invalid="true"`}
      ${props.describedBy && html`aria-describedby="${props.describedBy}"`}
    />${buttons.more}</span
  >`;
}

/** Not in the tab order: the arrow keys do the same in the field. */
function StepButton({ by, disabled }: { by: 1 | -1; disabled: boolean }) {
  return (
    <button
      class="needs-script"
      type="button"
      data-step={by}
      tabindex={-1}
      aria-label={by > 0 ? 'One more' : 'One less'}
      disabled={disabled}
    >
      <Icon name={by > 0 ? 'plus' : 'minus'} />
    </button>
  );
}

/** As text: a page of the catalog has dozens of them, all alike. */
function asText(by: 1 | -1, disabled: boolean): HtmlEscapedString {
  return raw(String((<StepButton by={by} disabled={disabled} />) as HtmlEscapedString));
}

const ENABLED = { less: asText(-1, false), more: asText(1, false) };
const DISABLED = { less: asText(-1, true), more: asText(1, true) };
