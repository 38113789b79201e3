import type { Child } from 'hono/jsx';

/** Figures side by side. Holds `Stat`s. */
export function Stats({ children }: { children: Child }) {
  return <dl class="stats">{children}</dl>;
}

/** One figure with its name, and perhaps a line of context. */
export function Stat({ label, note, children }: { label: string; note?: Child; children: Child }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {children}
        {note && <div class="stat-note">{note}</div>}
      </dd>
    </div>
  );
}
