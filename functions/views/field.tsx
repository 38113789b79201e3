import type { Child } from 'hono/jsx';
import { currencyOf } from '#src/lib/typed.ts';
import { CurrencyBefore } from './currency-before.tsx';
import { useFormField } from './form.tsx';
import { Icon } from './icon.tsx';
import { type Option, Select } from './select.tsx';

type Labelled = {
  name: string;
  label: string;
  hint?: Child;
  /** Shows "Optional" beside the label. */
  optional?: boolean;
  /** Overrides what the surrounding `Form` knows. */
  value?: string | number | null | undefined;
  error?: string | undefined;
  autofocus?: boolean;
  disabled?: boolean;
  /** Defaults to the name; needed where two forms on a page share a name. */
  id?: string;
};

export type FieldProps = Labelled & {
  type?:
    | 'text'
    | 'email'
    | 'password'
    | 'number'
    | 'money'
    | 'url'
    | 'date'
    | 'datetime-local'
    | 'file'
    | 'textarea';
  autocomplete?: string;
  placeholder?: string;
  required?: boolean;
  readonly?: boolean;
  maxlength?: number;
  rows?: number;
  /** Offered while typing; any other text may be typed as well. */
  suggestions?: readonly string[] | undefined;
  /** File types, as in `.csv,text/csv`. */
  accept?: string;
  /** ISO 4217 code of a `money` field, which shows its sign and sends it along; unit after a `number` field. */
  currency?: string;
  unit?: string;
};

type SelectFieldProps = Labelled & {
  options: readonly Option[];
};

type FieldState = {
  id: string;
  name: string;
  disabled: boolean | undefined;
  autofocus: boolean | undefined;
  'aria-invalid': 'true' | undefined;
  'aria-describedby': string | undefined;
};

/** Label, control, hint and error, tied together for screen readers here and nowhere else. */
function Labelling(props: Labelled & { control: (state: FieldState, value: string) => Child }) {
  const known = useFormField(props.name);
  const { name, id = name, hint, error = known.error } = props;
  const value = props.value === undefined ? known.value : props.value;
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  const state: FieldState = {
    id,
    name,
    disabled: props.disabled,
    autofocus: props.autofocus ?? (known.autofocus || undefined),
    'aria-invalid': error ? 'true' : undefined,
    'aria-describedby': described || undefined,
  };
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {props.label}
        {props.optional && <small>Optional</small>}
      </label>
      {props.control(state, value === undefined || value === null ? '' : String(value))}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          <Icon name="circle-alert" />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

const INPUT_TYPES = { money: 'text', number: 'text' } as const;

/** One labelled input. Numbers and money are text with a numeric keyboard: nothing typed is lost. */
export function Field(props: FieldProps) {
  const { type = 'text' } = props;
  const numeric = type === 'money' || type === 'number';
  return (
    <Labelling
      {...props}
      control={(state, value) => {
        const common = {
          ...state,
          class: 'input',
          required: props.required,
          readonly: props.readonly,
          maxlength: props.maxlength,
          placeholder: props.placeholder,
          autocomplete: props.autocomplete,
        };
        if (type === 'textarea') {
          return (
            <textarea {...common} rows={props.rows ?? 4}>
              {value}
            </textarea>
          );
        }
        const input = (
          <input
            {...common}
            type={numeric ? INPUT_TYPES[type] : type}
            inputmode={numeric ? 'decimal' : undefined}
            accept={props.accept}
            list={props.suggestions && `${state.id}-suggestions`}
            value={type === 'password' || type === 'file' ? undefined : value}
          />
        );
        if (props.suggestions) {
          return (
            <>
              {input}
              <datalist id={`${state.id}-suggestions`}>
                {props.suggestions.map((text) => (
                  <option value={text}></option>
                ))}
              </datalist>
            </>
          );
        }
        if (type === 'password') return <PasswordFrame id={state.id}>{input}</PasswordFrame>;
        if (!numeric || !(props.currency || props.unit)) return input;
        return (
          <span class="input-frame">
            {props.currency && <CurrencyBefore currency={props.currency} />}
            {input}
            {props.currency && (
              <input type="hidden" name={currencyOf(props.name)} value={props.currency} />
            )}
            {props.unit && <span class="input-after">{props.unit}</span>}
          </span>
        );
      }}
    />
  );
}

function PasswordFrame({ id, children }: { id: string; children: Child }) {
  return (
    <span class="input-frame">
      {children}
      <button
        class="button button-ghost button-square needs-script"
        type="button"
        data-reveal={id}
        aria-pressed="false"
      >
        <Icon name="eye" />
        <span class="sr-only">Show password</span>
      </button>
    </span>
  );
}

/** One labelled drop-down. */
export function SelectField(props: SelectFieldProps) {
  return (
    <Labelling
      {...props}
      control={(state, value) => <Select {...state} value={value} options={props.options} />}
    />
  );
}
