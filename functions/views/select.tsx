import type { JSX } from 'hono/jsx';
import { Icon } from './icon.tsx';

export type Option = { value: string; label: string; disabled?: boolean };

type SelectProps = JSX.IntrinsicElements['select'] & { value: string; options: readonly Option[] };

/** A drop-down whose label stands elsewhere. */
export function Select({ value, options, ...attributes }: SelectProps) {
  return (
    <span class="input-frame">
      <select class="input" {...attributes}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <span class="input-after">
        <Icon name="chevron-down" />
      </span>
    </span>
  );
}
