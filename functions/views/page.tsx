import type { Child } from 'hono/jsx';

type Crumb = { label: string; href: string };

type PageProps = {
  title: string;
  /** Beside the title: a badge. */
  status?: Child;
  /** Below the title, one line. */
  lead?: Child;
  /** Buttons at the right; at most one of them primary. */
  actions?: Child;
  /** The pages above this one, outermost first. */
  breadcrumbs?: readonly Crumb[];
  children?: Child;
};

/** The body of a page: its one `h1`, what can be done, and the content. */
export function Page({ title, status, lead, actions, breadcrumbs, children }: PageProps) {
  return (
    <>
      <div class="page-header">
        <div>
          {breadcrumbs && <Breadcrumbs crumbs={breadcrumbs} />}
          <div class="page-title">
            <h1>{title}</h1>
            {status}
          </div>
          {lead && <div class="page-lead">{lead}</div>}
        </div>
        {actions && <div class="row">{actions}</div>}
      </div>
      <div class="stack">{children}</div>
    </>
  );
}

function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav class="breadcrumbs" aria-label="Breadcrumbs">
      <ol>
        {crumbs.map(({ label, href }) => (
          <li>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
