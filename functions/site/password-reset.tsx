import { Hono } from 'hono';
import { isResetLinkGood, requestPasswordReset, resetPassword } from '#src/staff/reset-password.ts';
import { ForgotPasswordInput, ResetPasswordInput } from '#src/lib/password-forms.ts';
import type { AppEnv } from '../app-env.ts';
import { setFlash } from '../flash.ts';
import { parseForm } from '../parse-form.ts';
import { passwordHasher } from '../password-hasher.ts';
import { sessionCookie } from '../session-cookie.ts';
import { Button, Link } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { Field } from '../views/field.tsx';
import { Form, FormActions, type FormErrors, type FormValues } from '../views/form.tsx';
import { Prose } from '../views/layout.tsx';
import { NewPasswordFields } from '../views/new-password-fields.tsx';
import { Page } from '../views/page.tsx';
import { Message } from './message.tsx';
import { sitePage } from './site-page.tsx';
import { beginAttempt, waitMessage } from './throttle.ts';

const FORGOT = { title: 'Forgot your password?', narrow: true } as const;
const RESET = {
  title: 'Set a new password',
  narrow: true,
  noindex: true,
  scripts: ['app'],
} as const;
const OVER = {
  title: 'This link no longer works',
  narrow: true,
  noindex: true,
  status: 410,
} as const;

export const passwordReset = new Hono<AppEnv>()
  .get('/forgot-password', (c) => sitePage(c, FORGOT, <ForgotPassword />))
  .post('/forgot-password', async (c) => {
    const form = await parseForm(c, ForgotPasswordInput);
    if (!form.ok) return sitePage(c, { ...FORGOT, status: 422 }, <ForgotPassword {...form} />);
    // Never given back: asking again and again fills somebody's mailbox.
    const attempt = await beginAttempt(c, 'staff-reset', form.data.email);
    if (!attempt.allowed) {
      const message = waitMessage(c, attempt.retryAfter);
      return sitePage(
        c,
        { ...FORGOT, status: 429 },
        <ForgotPassword values={form.data} message={message} />,
      );
    }
    await requestPasswordReset(c.var.ctx, form.data);
    return sitePage(c, FORGOT, <LinkSent />);
  })
  .get('/reset-password/:token', async (c) => {
    const good = await isResetLinkGood(c.var.ctx, c.req.param('token'));
    return good ? sitePage(c, RESET, <NewPassword />) : sitePage(c, OVER, <LinkIsOver />);
  })
  .post('/reset-password/:token', async (c) => {
    const form = await parseForm(c, ResetPasswordInput);
    if (!form.ok)
      return sitePage(c, { ...RESET, status: 422 }, <NewPassword errors={form.errors} />);
    const done = await resetPassword(c.var.ctx, passwordHasher, c.req.param('token'), form.data);
    if (!done) return sitePage(c, OVER, <LinkIsOver />);
    sessionCookie.staff.clear(c);
    setFlash(c, { tone: 'success', text: 'Your new password is set. Log in with it.' });
    return c.redirect('/login', 303);
  });

type ForgotProps = { values?: FormValues; errors?: FormErrors; message?: string };

function ForgotPassword({ values, errors, message }: ForgotProps) {
  return (
    <Page title={FORGOT.title} lead="We mail you a link that sets a new one.">
      <Card>
        <Form action="/forgot-password" values={values} errors={errors} message={message}>
          <Field name="email" label="Email" type="email" autocomplete="username" required />
          <FormActions>
            <Button variant="primary" wide>
              Mail me a link
            </Button>
          </FormActions>
        </Form>
      </Card>
      <Prose>
        <Link href="/login">Back to log in</Link>
      </Prose>
    </Page>
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

function NewPassword({ errors }: { errors?: FormErrors }) {
  return (
    <Page
      title={RESET.title}
      lead="All browsers that are signed in to your account will be signed out."
    >
      <Card>
        <Form errors={errors}>
          <NewPasswordFields />
          <FormActions>
            <Button variant="primary" wide>
              Set password
            </Button>
          </FormActions>
        </Form>
      </Card>
    </Page>
  );
}

function LinkIsOver() {
  return (
    <Message title={OVER.title}>
      It was used already, or is older than an hour.{' '}
      <Link href="/forgot-password">Get a new link</Link>
    </Message>
  );
}
