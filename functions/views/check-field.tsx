import type { Child } from 'hono/jsx';
import { useFormField } from './form.tsx';
import { Icon } from './icon.tsx';

type Choice = { value: string; label: string; hint?: string; disabled?: boolean };

type CheckFieldProps = {
  name: string;
  label: string;
  hint?: Child;
  checked?: boolean;
  disabled?: boolean;
};

/** One yes or no, sent as `on`. */
export function CheckField({ name, label, hint, checked, disabled }: CheckFieldProps) {
  const { value, error, autofocus } = useFormField(name);
  return (
    <div class="field">
      <label class="check">
        <input
          type="checkbox"
          name={name}
          checked={checked ?? (value === true || value === 'on')}
          disabled={disabled}
          autofocus={autofocus || undefined}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? `${name}-error` : undefined}
        />
        <span>
          {label}
          {hint && <span class="field-hint">{hint}</span>}
        </span>
      </label>
      {error && <ChoiceError name={name} error={error} />}
    </div>
  );
}

type ChoicesFieldProps = {
  name: string;
  label: string;
  /** `many` sends the name once for each ticked choice. */
  pick: 'one' | 'many';
  choices: readonly Choice[];
  selected?: string | readonly string[];
  hint?: Child;
};

/** A group of check boxes or radio buttons with one question above them. */
export function ChoicesField({ name, label, pick, choices, selected, hint }: ChoicesFieldProps) {
  const { value, error, autofocus } = useFormField(name);
  const chosen = [selected ?? value ?? []].flat().map(String);
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return (
    <fieldset class="field" aria-describedby={described || undefined}>
      <legend class="field-label">{label}</legend>
      {hint && (
        <p class="field-hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <div>
        {choices.map((choice, index) => (
          <label class="check">
            <input
              type={pick === 'one' ? 'radio' : 'checkbox'}
              name={name}
              value={choice.value}
              checked={chosen.includes(choice.value)}
              disabled={choice.disabled}
              autofocus={(autofocus && index === 0) || undefined}
            />
            <span>
              {choice.label}
              {choice.hint && <span class="field-hint">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && <ChoiceError name={name} error={error} />}
    </fieldset>
  );
}

function ChoiceError({ name, error }: { name: string; error: string }) {
  return (
    <p class="field-error" id={`${name}-error`}>
      <Icon name="circle-alert" />
      <span>{error}</span>
    </p>
  );
}
