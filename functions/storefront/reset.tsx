import { type Context, Hono } from 'hono';
import { type Store, storeOf } from '#src/context.ts';
import { ForgotPasswordInput, ResetPasswordInput } from '#src/lib/password-forms.ts';
import {
  isCustomerResetLinkGood,
  requestCustomerPasswordReset,
  resetCustomerPassword,
} from '#src/storefront/reset-password.ts';
import { findStore } from '#src/tenant.ts';
import type { AppEnv } from '../app-env.ts';
import { sessionCookie } from '../session-cookie.ts';
import { setFlash } from '../flash.ts';
import { parseForm } from '../parse-form.ts';
import { passwordHasher } from '../password-hasher.ts';
import { Message } from '../site/message.tsx';
import { beginAttempt, waitMessage } from '../site/throttle.ts';
import { Link } from '../views/button.tsx';
import { AskForLink } from './ask-for-link.tsx';
import { ChoosePassword } from './choose-password.tsx';
import { LinkIsOver, OVER } from './link-is-over.tsx';
import { storePage } from './store-page.tsx';
import { storePath } from './store-path.ts';
import type { RefusedForm } from '../views/form.tsx';

const ASK = { title: 'Set a password', narrow: true } as const;
const CHOOSE = { title: 'Set a new password', narrow: true, scripts: ['app'] } as const;

export const reset = new Hono<AppEnv>()
  .get('/:slug/reset', async (c) => {
    await findStore(c.var.ctx);
    return ask(c);
  })
  .post('/:slug/reset', async (c) => {
    const store = await findStore(c.var.ctx);
    const form = await parseForm(c, ForgotPasswordInput);
    if (!form.ok) return ask(c, form);
    // Never given back: asking again and again fills somebody's mailbox.
    const attempt = await beginAttempt(c, `store-reset:${store.companyId}`, form.data.email);
    if (!attempt.allowed) {
      return ask(c, { values: form.data, message: waitMessage(c, attempt.retryAfter) }, 429);
    }
    await requestCustomerPasswordReset(c.var.ctx, form.data);
    return storePage(c, ASK, <LinkSent store={store} />);
  })
  .get('/:slug/reset/:token', async (c) => {
    const good = await isCustomerResetLinkGood(c.var.ctx, c.req.param('token'));
    return good ? choose(c) : over(c);
  })
  .post('/:slug/reset/:token', async (c) => {
    const { ctx } = c.var;
    const token = c.req.param('token');
    // Asked first: a link that is over is not worth a hash.
    if (!(await isCustomerResetLinkGood(ctx, token))) return over(c);
    const form = await parseForm(c, ResetPasswordInput);
    if (!form.ok) return choose(c, form);
    const done = await resetCustomerPassword(ctx, passwordHasher, token, form.data);
    if (!done) return over(c);
    const store = storeOf(ctx);
    sessionCookie.customer.clear(c, store.companySlug);
    setFlash(c, { tone: 'success', text: 'Your new password is set. Log in with it.' });
    return c.redirect(storePath(store, '/login'), 303);
  });

function ask(c: Context<AppEnv>, refused?: RefusedForm, status?: 422 | 429) {
  return storePage(
    c,
    { ...ASK, status: status ?? (refused ? 422 : 200) },
    <AskForLink
      title={ASK.title}
      lead="We mail you a link, whether you forgot your password or never had one."
      action={storePath(storeOf(c.var.ctx), '/reset')}
      button="Mail me a link"
      store={storeOf(c.var.ctx)}
      {...refused}
    />,
  );
}

function choose(c: Context<AppEnv>, refused?: RefusedForm) {
  return storePage(
    c,
    { ...CHOOSE, status: refused ? 422 : 200 },
    <ChoosePassword
      title={CHOOSE.title}
      lead="All browsers that are signed in to your account will be signed out."
      button="Set password"
      errors={refused?.errors}
    />,
  );
}

function over(c: Context<AppEnv>) {
  return storePage(
    c,
    OVER,
    <LinkIsOver href={storePath(storeOf(c.var.ctx), '/reset')} again="Get a new link">
      It was used already, or is older than an hour.
    </LinkIsOver>,
  );
}

function LinkSent({ store }: { store: Store }) {
  return (
    <Message title="Look into your mailbox">
      If the address has an account at {store.companyName}, a link is on its way. It works once and
      is valid for one hour. Nothing there? Look into the spam folder, or{' '}
      <Link href={storePath(store, '/reset')}>ask again</Link>.
    </Message>
  );
}
