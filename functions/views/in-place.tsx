import type { Child } from 'hono/jsx';

/**
 * Around a `Table` with `InPlace` parts: where htmx is loaded, what they lead to replaces the row they are in. The answer
 * is a table with that row alone; `askedRow` says when it is asked for.
 */
export function LiveRows({ children }: { children: Child }) {
  const inherited = {
    'hx-target:inherited': 'closest tr',
    'hx-select:inherited': 'tbody tr',
    'hx-swap:inherited': 'outerHTML',
    'hx-push-url:inherited': 'false',
  };
  return <div {...inherited}>{children}</div>;
}

/** A link or a form of a row that changes only the row. Without htmx it leads where it leads. */
export function InPlace({ children }: { children: Child }) {
  return (
    <div class="in-place" {...{ 'hx-boost:inherited': 'true' }}>
      {children}
    </div>
  );
}

/** The id of the one row that htmx asks for, by the header it says so with. */
export function askedRow(target: string | undefined): string | undefined {
  return /^tr#(\w+)$/.exec(target ?? '')?.[1];
}
