import type { Child } from 'hono/jsx';
import { Icon } from './icon.tsx';

export type ChecklistItem = { label: string; done: boolean; href?: string; hint?: Child };

/** Things to do once, in order, and which of them are done. */
export function Checklist({ items }: { items: readonly ChecklistItem[] }) {
  return (
    <ol class="checklist">
      {items.map(({ label, done, href, hint }) => (
        <li data-state={done ? 'done' : undefined}>
          <span class="checklist-mark">{done && <Icon name="check" />}</span>
          <div>
            {href && !done ? <a href={href}>{label}</a> : <span>{label}</span>}
            {done && <span class="sr-only"> (done)</span>}
            {hint && <div class="field-hint">{hint}</div>}
          </div>
          {href && !done && <Icon name="chevron-right" />}
        </li>
      ))}
    </ol>
  );
}
