import { Hono } from 'hono';
import { verifyCustomerEmail } from '#src/storefront/verify-email.ts';
import { findStore } from '#src/tenant.ts';
import { CONFIRM, ConfirmEmail, EmailConfirmed } from '../accounts/confirm-email.tsx';
import { LinkIsOver, OVER } from '../accounts/link-is-over.tsx';
import type { AppEnv } from '../app-env.ts';
import { storePage } from './store-page.tsx';
import { storePath } from './store-path.ts';

export const verifyEmail = new Hono<AppEnv>()
  .get('/:slug/verify-email/:token', async (c) => {
    await findStore(c.var.ctx);
    return storePage(c, CONFIRM, <ConfirmEmail />);
  })
  .post('/:slug/verify-email/:token', async (c) => {
    const { ctx } = c.var;
    const done = await verifyCustomerEmail(ctx, c.req.param('token'));
    // A link that says nothing is told apart without asking the database.
    const store = ctx.store ?? (await findStore(ctx));
    if (done) {
      const href = storePath(store, '/catalog');
      return storePage(c, CONFIRM, <EmailConfirmed href={href} onward="Go to the catalog" />);
    }
    return storePage(
      c,
      OVER,
      <LinkIsOver href={storePath(store, '/account')} again="Get a new one from your account">
        It is older than 7 days, or not of this store.
      </LinkIsOver>,
    );
  });
