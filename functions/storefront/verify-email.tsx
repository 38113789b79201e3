import { Hono } from 'hono';
import { verifyCustomerEmail } from '#src/storefront/verify-email.ts';
import { findStore } from '#src/tenant.ts';
import type { AppEnv } from '../app-env.ts';
import { Message } from '../site/message.tsx';
import { Button, Link } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { Form, FormActions } from '../views/form.tsx';
import { Page } from '../views/page.tsx';
import { LinkIsOver, OVER } from './link-is-over.tsx';
import { storePage } from './store-page.tsx';
import { storePath } from './store-path.ts';

const FRAME = { title: 'Confirm your email address', narrow: true } as const;

/** Opening the link changes nothing, or a mail scanner would confirm addresses: the button does. */
export const verifyEmail = new Hono<AppEnv>()
  .get('/:slug/verify-email/:token', async (c) => {
    await findStore(c.var.ctx);
    return storePage(c, FRAME, <Confirm />);
  })
  .post('/:slug/verify-email/:token', async (c) => {
    const { ctx } = c.var;
    const done = await verifyCustomerEmail(ctx, c.req.param('token'));
    // A link that says nothing is told apart without asking the database.
    const store = ctx.store ?? (await findStore(ctx));
    if (done) return storePage(c, FRAME, <Confirmed href={storePath(store, '/catalog')} />);
    return storePage(
      c,
      OVER,
      <LinkIsOver href={storePath(store, '/account')} again="Get a new one from your account">
        It is older than 7 days, or not of this store.
      </LinkIsOver>,
    );
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

function Confirmed({ href }: { href: string }) {
  return (
    <Message title="Thank you">
      Your email address is confirmed. <Link href={href}>Go to the catalog</Link>
    </Message>
  );
}
