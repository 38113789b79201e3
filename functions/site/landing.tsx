import { Hono } from 'hono';
import type { AppEnv } from '../app-env.ts';
import { sessionCookie } from '../session-cookie.ts';
import { Button } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { Hero } from '../views/hero.tsx';
import { Columns } from '../views/layout.tsx';
import { sitePage } from './site-page.tsx';

const REASONS = [
  {
    title: 'Your customers, from day one',
    text: 'Load the list you have from a spreadsheet. Nothing is written before you have seen what would change, and an import can be undone.',
  },
  {
    title: 'Every change has a name',
    text: 'Prices, limits and blocked accounts: the audit log says who changed what, when, from what to what.',
  },
  {
    title: 'An API that does what its page says',
    text: 'Keys with scopes, exact errors, safe paging. Connect your ERP or accounting in an afternoon.',
  },
];

export const landing = new Hono<AppEnv>().get('/', async (c) => {
  const signedIn = await sessionCookie.staff.read(c);
  return sitePage(
    c,
    { title: 'B2B ordering for distributors' },
    <>
      <Hero
        title="B2B ordering for distributors"
        lead="A storefront where your business customers see their own prices, a dashboard your team lives in, and an API for everything else."
        actions={
          signedIn ? (
            <Button variant="primary" href="/dashboard">
              Go to the dashboard
            </Button>
          ) : (
            <>
              <Button variant="primary" href="/signup">
                Start a free trial
              </Button>
              <Button href="/docs/api">API reference</Button>
            </>
          )
        }
      />
      <Columns of={3}>
        {REASONS.map(({ title, text }) => (
          <Card title={title}>{text}</Card>
        ))}
      </Columns>
    </>,
  );
});
