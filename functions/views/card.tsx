import type { Child } from 'hono/jsx';

type CardProps = {
  title?: string;
  description?: Child;
  /** Buttons at the right of the title. */
  actions?: Child;
  /** Above the content, below the title: search and filters. */
  toolbar?: Child;
  footer?: Child;
  /** Content up to the edge: a table, a list. */
  flush?: boolean;
  /** Names the section for links and swaps. */
  id?: string;
  children?: Child;
};

/** One thing on a page, framed. */
export function Card(props: CardProps) {
  const { title, description, actions, toolbar, footer, flush, id, children } = props;
  return (
    <section class="card" id={id}>
      {title && (
        <header class="card-header">
          <div>
            <h2>{title}</h2>
            {description && <p>{description}</p>}
          </div>
          {actions && <div class="row">{actions}</div>}
        </header>
      )}
      {toolbar && <div class="card-toolbar">{toolbar}</div>}
      {flush ? children : <div class="card-body">{children}</div>}
      {footer && <footer class="card-footer">{footer}</footer>}
    </section>
  );
}
