import { Button } from './button.tsx';
import { Select } from './select.tsx';

/** Of a filter that people type into. */
type TypedFilterProps = {
  name: string;
  label: string;
  /** As it was typed. */
  value?: string | undefined;
  /** Why it is not applied: said by `FilterProblems`. */
  problem?: string | undefined;
};

export const filterId = (name: string) => `filter-${name}`;
export const problemId = (name: string) => `${name}-problem`;

function marks(name: string, problem: string | undefined) {
  return problem === undefined
    ? {}
    : { 'aria-invalid': 'true' as const, 'aria-describedby': problemId(name) };
}

type FilterSelectProps = {
  name: string;
  label: string;
  value?: string | undefined;
  options: readonly { value: string; label: string }[];
  /** Names it for a swap, where its options depend on the search. */
  id?: string;
};

/** A drop-down among a list's filters; the first option is usually "all", with an empty value. */
export function FilterSelect({ name, label, value = '', options, id }: FilterSelectProps) {
  return (
    <span class="search-filter" id={id}>
      <Select name={name} aria-label={label} value={value} options={options} />
    </span>
  );
}

/** A day among a list's filters, as `YYYY-MM-DD`. */
export function FilterDate({ name, label, value, problem }: TypedFilterProps) {
  return (
    <label class="search-filter search-date" id={filterId(name)}>
      <span class="prose">{label}</span>
      <input class="input" type="date" name={name} value={value} {...marks(name, problem)} />
    </label>
  );
}

type FilterAmountProps = TypedFilterProps & { placeholder: string };

/** An amount among a list's filters, as people type it. */
export function FilterAmount({ name, label, placeholder, value, problem }: FilterAmountProps) {
  return (
    <span class="search-filter search-amount" id={filterId(name)}>
      <input
        class="input"
        name={name}
        value={value}
        inputmode="decimal"
        autocomplete="off"
        aria-label={label}
        placeholder={placeholder}
        {...marks(name, problem)}
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
