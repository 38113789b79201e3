import { Select } from './field.tsx';

export type FilterDateProps = { name: string; label: string; value?: string | undefined };

export type FilterSelectProps = {
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
    <label class="search-filter row">
      <span class="prose">{label}</span>
      <input class="input w-auto" type="date" name={name} value={value} />
    </label>
  );
}
