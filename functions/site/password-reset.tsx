import { type Context, Hono } from 'hono';
import { ForgotPasswordInput, ResetPasswordInput } from '#src/lib/password-forms.ts';
import { isResetLinkGood, requestPasswordReset, resetPassword } from '#src/staff/reset-password.ts';
import { AskForLink } from '../accounts/ask-for-link.tsx';
import { ChoosePassword } from '../accounts/choose-password.tsx';
import { LinkIsOver, OVER } from '../accounts/link-is-over.tsx';
import { Message } from '../accounts/message.tsx';
import { beginAttempt, waitMessage } from '../accounts/throttle.ts';
import type { AppEnv } from '../app-env.ts';
import { setFlash } from '../flash.ts';
import { parseForm } from '../parse-form.ts';
import { passwordHasher } from '../password-hasher.ts';
import { sessionCookie } from '../session-cookie.ts';
import { Link } from '../views/button.tsx';
import type { RefusedForm } from '../views/form.tsx';
import { sitePage } from './site-page.tsx';

const ASK = { title: 'Forgot your password?', narrow: true } as const;
const CHOOSE = {
  title: 'Set a new password',
  narrow: true,
  noindex: true,
  scripts: ['app'],
} as const;

export const passwordReset = new Hono<AppEnv>()
  .get('/forgot-password', (c) => ask(c))
  .post('/forgot-password', async (c) => {
    const form = await parseForm(c, ForgotPasswordInput);
    if (!form.ok) return ask(c, form);
    // Never given back: asking again and again fills somebody's mailbox.
    const attempt = await beginAttempt(c, 'staff-reset', form.data.email);
    if (!attempt.allowed) {
      return ask(c, { values: form.data, message: waitMessage(c, attempt.retryAfter) }, 429);
    }
    await requestPasswordReset(c.var.ctx, form.data);
    return sitePage(c, ASK, <LinkSent />);
  })
  .get('/reset-password/:token', async (c) => {
    const good = await isResetLinkGood(c.var.ctx, c.req.param('token'));
    return good ? choose(c) : over(c);
  })
  .post('/reset-password/:token', async (c) => {
    const form = await parseForm(c, ResetPasswordInput);
    if (!form.ok) return choose(c, form);
    const done = await resetPassword(c.var.ctx, passwordHasher, c.req.param('token'), form.data);
    if (!done) return over(c);
    sessionCookie.staff.clear(c);
    setFlash(c, { tone: 'success', text: 'Your new password is set. Log in with it.' });
    return c.redirect('/login', 303);
  });

function ask(c: Context<AppEnv>, refused?: RefusedForm, status?: 429) {
  return sitePage(
    c,
    { ...ASK, status: status ?? (refused ? 422 : 200) },
    <AskForLink
      title={ASK.title}
      lead="We mail you a link that sets a new one."
      action="/forgot-password"
      button="Mail me a link"
      back="/login"
      {...refused}
    />,
  );
}

function LinkSent() {
  return (
    <Message title="Look into your mailbox">
      If the address has an account, a link is on its way. It works once and is valid for one hour.
      Nothing there? Look into the spam folder, or <Link href="/forgot-password">ask again</Link>.
    </Message>
  );
}

function choose(c: Context<AppEnv>, refused?: RefusedForm) {
  return sitePage(
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
  return sitePage(
    c,
    { ...OVER, noindex: true },
    <LinkIsOver href="/forgot-password" again="Get a new link">
      It was used already, or is older than an hour.
    </LinkIsOver>,
  );
}
