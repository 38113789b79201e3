import { type Context, Hono } from 'hono';
import { confirmNewEmail, verifyEmail } from '#src/staff/change-email.ts';
import { CONFIRM, ConfirmEmail, EmailConfirmed } from '../accounts/confirm-email.tsx';
import { LinkIsOver, OVER } from '../accounts/link-is-over.tsx';
import type { AppEnv } from '../app-env.ts';
import { sitePage } from './site-page.tsx';

export const emailLinks = new Hono<AppEnv>()
  .get('/verify-email/:token', confirm)
  .post('/verify-email/:token', async (c) => {
    return answer(c, await verifyEmail(c.var.ctx, c.req.param('token')));
  })
  .get('/confirm-email/:token', confirm)
  .post('/confirm-email/:token', async (c) => {
    return answer(c, await confirmNewEmail(c.var.ctx, c.req.param('token')));
  });

function confirm(c: Context<AppEnv>) {
  return sitePage(c, { ...CONFIRM, noindex: true }, <ConfirmEmail />);
}

function answer(c: Context<AppEnv>, done: boolean) {
  return done
    ? sitePage(
        c,
        { ...CONFIRM, noindex: true },
        <EmailConfirmed href="/dashboard" onward="Go to the dashboard" />,
      )
    : sitePage(
        c,
        { ...OVER, noindex: true },
        <LinkIsOver href="/dashboard/settings/profile" again="Get a new one from your profile">
          It is too old, or your address has changed since.
        </LinkIsOver>,
      );
}
