import type { Child } from 'hono/jsx';

type HeroProps = { title: string; lead: Child; actions: Child };

/** The opening of a public page. */
export function Hero({ title, lead, actions }: HeroProps) {
  return (
    <div class="hero">
      <h1>{title}</h1>
      <p>{lead}</p>
      <div class="row">{actions}</div>
    </div>
  );
}
