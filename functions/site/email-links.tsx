import { Hono } from 'hono';
import { confirmNewEmail, verifyEmail } from '#src/staff/change-email.ts';
import type { AppEnv } from '../app-env.ts';
import { Button, Link } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { Form, FormActions } from '../views/form.tsx';
import { Page } from '../views/page.tsx';
import { Message } from './message.tsx';
import { sitePage } from './site-page.tsx';

const FRAME = { title: 'Confirm your email address', narrow: true, noindex: true } as const;

/** Links from mails. Opening one changes nothing, or a mail scanner would confirm addresses: the button does. */
export const emailLinks = new Hono<AppEnv>()
  .get('/verify-email/:token', (c) => sitePage(c, FRAME, <Confirm />))
  .post('/verify-email/:token', async (c) => {
    const done = await verifyEmail(c.var.ctx, c.req.param('token'));
    return done
      ? sitePage(c, FRAME, <Confirmed />)
      : sitePage(c, { ...FRAME, status: 410 }, <LinkIsOver />);
  })
  .get('/confirm-email/:token', (c) => sitePage(c, FRAME, <Confirm />))
  .post('/confirm-email/:token', async (c) => {
    const done = await confirmNewEmail(c.var.ctx, c.req.param('token'));
    return done
      ? sitePage(c, FRAME, <Confirmed />)
      : sitePage(c, { ...FRAME, status: 410 }, <LinkIsOver />);
  });

function Confirm() {
  return (
    <Page title={FRAME.title} lead="One press, and we know that this address is yours.">
      <Card>
        <Form>
          <FormActions>
            <Button variant="primary" wide>
              Confirm
            </Button>
          </FormActions>
        </Form>
      </Card>
    </Page>
  );
}

function Confirmed() {
  return (
    <Message title="Thank you">
      Your email address is confirmed. <Link href="/dashboard">Go to the dashboard</Link>
    </Message>
  );
}

function LinkIsOver() {
  return (
    <Message title="This link no longer works">
      It is too old, or your address has changed since. Get a new one from{' '}
      <Link href="/dashboard/settings/profile">your profile</Link>.
    </Message>
  );
}
