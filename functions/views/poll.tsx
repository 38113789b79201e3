import type { Child } from 'hono/jsx';

export type PollProps = {
  id: string;
  /** The page's own address: it is fetched again and this region taken from it. */
  href: string;
  /** False ends it: what is swapped in asks no more. */
  active: boolean;
  children: Child;
};

/** A region that follows work in progress (needs the `htmx` script; without one, see `refreshSeconds`). */
export function Poll({ id, href, active, children }: PollProps) {
  const polling = active && {
    'hx-get': href,
    'hx-trigger': 'load delay:1s',
    'hx-select': `#${id}`,
    'hx-target': 'this',
    'hx-swap': 'outerHTML',
  };
  return (
    <div id={id} class="stack" {...polling}>
      {children}
    </div>
  );
}
