import type { Child } from 'hono/jsx';

/** Work under way, with what it is. Announced when it changes. */
export function Working({ children }: { children: Child }) {
  return (
    <div class="row" role="status">
      <span class="spinner" aria-hidden="true"></span>
      <span>{children}</span>
    </div>
  );
}

/** How much of something is used or done. */
export function Meter({
  label,
  value,
  max,
  note,
}: {
  label: string;
  value: number;
  max: number;
  note?: string;
}) {
  return (
    <div class="stack gap-tight">
      <div class="row row-between">
        <span>{label}</span>
        <span class="prose">{note ?? `${value} of ${max}`}</span>
      </div>
      <progress class="meter" value={value} max={max} aria-label={label}></progress>
    </div>
  );
}
