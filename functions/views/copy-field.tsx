import { Icon } from './icon.tsx';

type CopyFieldProps = { id: string; label: string; value: string; hint?: string };

/** A value to take elsewhere: selectable by hand, one press where scripts run. */
export function CopyField({ id, label, value, hint }: CopyFieldProps) {
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <span class="input-frame">
        <input
          class="input font-mono text-sm"
          id={id}
          value={value}
          readonly
          data-select=""
          aria-describedby={hint && `${id}-hint`}
        />
        <button class="button button-ghost button-square needs-script" type="button" data-copy={id}>
          <span class="copy-todo">
            <Icon name="copy" />
          </span>
          <span class="copy-done">
            <Icon name="check" />
          </span>
          <span class="sr-only">Copy</span>
          <span class="sr-only" role="status"></span>
        </button>
      </span>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
