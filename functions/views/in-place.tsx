import type { Child } from 'hono/jsx';

/** What saves say, and offer to undo. One on a page. */
const STATUS = 'row-status';

/**
 * Around a `Table` with `InPlace` parts: where htmx is loaded, what they lead to replaces the row they are in, and the page
 * stays where it is. The answer is a table with that row alone; `askedRow` says when it is asked for. With the `sheet` script
 * the keyboard goes from row to row.
 */
export function LiveRows({ children }: { children: Child }) {
  const inherited = {
    'hx-target:inherited': 'closest tr',
    'hx-select:inherited': 'tbody tr',
    'hx-swap:inherited': 'outerHTML show:none',
    'hx-push-url:inherited': 'false',
  };
  return (
    <div class="live-rows" data-rows="" {...inherited}>
      {children}
      <div class="row-status" id={STATUS} role="status"></div>
    </div>
  );
}

/** A link or a form of a row that changes only the row. Without htmx it leads where it leads. */
export function InPlace({ field, children }: { field: string; children: Child }) {
  return (
    <div class="in-place" data-field={field} {...{ 'hx-boost:inherited': 'true' }}>
      {children}
    </div>
  );
}

type RowSavedProps = {
  /** `Price of Flour: $12.50.` */
  text: string;
  /** The row's id, and the form that sets the former value; without it, nothing can be undone. */
  undo?:
    | { row: string; field: string; action: string; fields: Readonly<Record<string, string>> }
    | undefined;
};

/** Beside a row that was saved, in the same answer: says so where `LiveRows` says such things. */
export function RowSaved({ text, undo }: RowSavedProps) {
  return (
    <div id={STATUS} hx-swap-oob="innerHTML">
      <span>{text}</span>
      {undo && (
        <form
          method="post"
          action={undo.action}
          data-field={undo.field}
          hx-boost="true"
          hx-target={`#${undo.row}`}
        >
          {Object.entries(undo.fields).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <button class="button button-secondary">Undo</button>
        </form>
      )}
    </div>
  );
}

/** The id of the one row that htmx asks for, by the header it says so with. */
export function askedRow(target: string | undefined): string | undefined {
  return /^tr#(\w+)$/.exec(target ?? '')?.[1];
}
