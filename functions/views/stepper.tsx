import { html } from 'hono/html';
import { fitted } from './fitted.ts';
import { Icon } from './icon.tsx';

type StepperProps = {
  id: string;
  name: string;
  /** What is counted, for people who cannot see it: `Quantity of Flour`. */
  label: string;
  /** The product, for the names of the buttons: `One more Flour`. */
  product?: string;
  /** As typed, even where it is no number. */
  value: string | number;
  invalid?: boolean;
  disabled?: boolean;
  /** Id of the element that says what is wrong, or what is left. */
  describedBy?: string | undefined;
};

/** Of a name in the labels of its buttons: the field has the whole one. */
const NAME_BYTES = 100;

const MINUS = Icon({ name: 'minus' });
const PLUS = Icon({ name: 'plus' });

/** A quantity to type, with buttons for one less and one more (need the `store` script). */
export function Stepper(props: StepperProps) {
  const { id, name, label, value, disabled = false } = props;
  const product = fitted(props.product ?? '', NAME_BYTES);
  return html`<span class="stepper"
    >${stepButton(-1, product, disabled)}<input
      class="input"
      id="${id}"
      name="${name}"
      value="${value}"
      aria-label="${label}"
      inputmode="numeric"
      maxlength="12"
      autocomplete="off"
      ${disabled && 'disabled'}
      ${props.invalid && html`aria-invalid="true"`}
      ${props.describedBy && html`aria-describedby="${props.describedBy}"`}
    />${stepButton(1, product, disabled)}</span
  >`;
}

/** Not in the tab order: the arrow keys do the same in the field. */
function stepButton(by: 1 | -1, product: string, disabled: boolean) {
  const name = `One ${by > 0 ? 'more' : 'less'} ${product}`.trimEnd();
  return html`<button
    class="needs-script"
    type="button"
    data-step="${by}"
    tabindex="-1"
    aria-label="${name}"
    ${disabled && 'disabled'}
  >
    ${by > 0 ? PLUS : MINUS}
  </button>`;
}
