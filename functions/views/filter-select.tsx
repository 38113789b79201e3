import { Button } from './button.tsx';
import { Select } from './select.tsx';

type FilterDateProps = { name: string; label: string; value?: string | undefined };

type FilterSelectProps = {
  name: string;
  label: string;
  value?: string | undefined;
  options: readonly { value: string; label: string }[];
};

/** A drop-down among a list's filters; the first option is usually "all", with an empty value. */
export function FilterSelect({ name, label, value = '', options }: FilterSelectProps) {
  return (
    <span class="search-filter">
      <Select name={name} aria-label={label} value={value} options={options} />
    </span>
  );
}

/** A day among a list's filters, as `YYYY-MM-DD`. */
export function FilterDate({ name, label, value }: FilterDateProps) {
  return (
    <label class="search-filter search-date">
      <span class="prose">{label}</span>
      <input class="input" type="date" name={name} value={value} />
    </label>
  );
}

type FilterAmountProps = {
  name: string;
  label: string;
  placeholder: string;
  value?: string | undefined;
};

/** An amount among a list's filters, as a decimal number. */
export function FilterAmount({ name, label, placeholder, value }: FilterAmountProps) {
  return (
    <span class="search-filter search-amount">
      <input
        class="input"
        name={name}
        value={value}
        inputmode="decimal"
        autocomplete="off"
        aria-label={label}
        placeholder={placeholder}
      />
    </span>
  );
}

type FilterChipProps = {
  id: string;
  label: string;
  value: string;
  /** The same list without it. */
  href: string;
};

/** A filter that is set by a link in the list; pressed, it is gone. */
export function FilterChip({ id, label, value, href }: FilterChipProps) {
  return (
    <span class="search-chip" id={id}>
      <Button href={href} iconAfter="x">
        {label}: {value}
        <span class="sr-only">, remove this filter</span>
      </Button>
    </span>
  );
}
