import type { Child } from 'hono/jsx';

/** Things below each other. */
export function Stack({ gap, children }: { gap?: 'tight' | 'loose'; children: Child }) {
  return <div class={gap ? `stack gap-${gap}` : 'stack'}>{children}</div>;
}

/** Things beside each other, wrapping; `between` pushes them to both ends. */
export function Row({ between, children }: { between?: boolean; children: Child }) {
  return <div class={between ? 'row row-between' : 'row'}>{children}</div>;
}

/** Equal columns, or `main`: two thirds and one third. One column on a phone. */
export function Columns({ of, children }: { of: 2 | 3 | 'main'; children: Child }) {
  return <div class={`columns columns-${of}`}>{children}</div>;
}

/** Quiet running text. */
export function Prose({ children }: { children: Child }) {
  return <div class="prose">{children}</div>;
}
