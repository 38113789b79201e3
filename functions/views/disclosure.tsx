import type { Child } from 'hono/jsx';
import { Icon } from './icon.tsx';

type DisclosureProps = { summary: Child; open?: boolean; children: Child };

/** More of the same, shown on demand; works without a script. */
export function Disclosure({ summary, open, children }: DisclosureProps) {
  return (
    <details class="disclosure" open={open}>
      <summary>
        <Icon name="chevron-right" />
        {summary}
      </summary>
      <div>{children}</div>
    </details>
  );
}
