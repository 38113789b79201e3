import type { Child } from 'hono/jsx';
import { Card } from '../views/card.tsx';
import { Prose } from '../views/layout.tsx';
import { Page } from '../views/page.tsx';

/** A page that says one thing: what happened, and where to go from there. */
export function Message({ title, children }: { title: string; children: Child }) {
  return (
    <Page title={title}>
      <Card>
        <Prose>{children}</Prose>
      </Card>
    </Page>
  );
}
