import { type Context, Hono } from 'hono';
import { logIn } from '#src/staff/log-in.ts';
import { LogInInput } from '#src/lib/password-forms.ts';
import { logOut } from '#src/staff/sessions.ts';
import type { AppEnv } from '../app-env.ts';
import { setFlash } from '../flash.ts';
import { parseForm } from '../parse-form.ts';
import { passwordHasher } from '../password-hasher.ts';
import { sessionCookie } from '../session-cookie.ts';
import { Button, Link } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { Field } from '../views/field.tsx';
import { Form, FormActions } from '../views/form.tsx';
import { Prose } from '../views/layout.tsx';
import { Page } from '../views/page.tsx';
import { sitePage } from './site-page.tsx';
import { beginAttempt, waitMessage } from './throttle.ts';

const FRAME = { title: 'Log in', narrow: true, scripts: ['app'] } as const;

const MESSAGES = {
  wrong: 'Invalid email or password.',
  no_company:
    'Your account does not belong to a company any more. Ask its owner for an invitation.',
};

export const login = new Hono<AppEnv>()
  .get('/login', (c) => sitePage(c, FRAME, <LogIn next={nextPath(c)} />))
  .post('/login', async (c) => {
    const next = nextPath(c);
    const form = await parseForm(c, LogInInput);
    if (!form.ok)
      return sitePage(c, { ...FRAME, status: 422 }, <LogIn next={next} message={MESSAGES.wrong} />);
    const { email } = form.data;
    const attempt = await beginAttempt(c, 'staff', email);
    if (!attempt.allowed) {
      const message = waitMessage(c, attempt.retryAfter);
      return sitePage(
        c,
        { ...FRAME, status: 429 },
        <LogIn next={next} email={email} message={message} />,
      );
    }
    const result = await logIn(
      c.var.ctx,
      passwordHasher,
      form.data,
      c.req.header('User-Agent') ?? '',
    );
    if (!result.ok) {
      const message = MESSAGES[result.reason];
      return sitePage(
        c,
        { ...FRAME, status: 422 },
        <LogIn next={next} email={email} message={message} />,
      );
    }
    await attempt.succeed();
    await sessionCookie.staff.set(c, result.session);
    return c.redirect(next, 303);
  })
  .post('/logout', async (c) => {
    const session = await sessionCookie.staff.read(c);
    if (session) await logOut(c.var.ctx, session.sessionId);
    sessionCookie.staff.clear(c);
    setFlash(c, { tone: 'success', text: 'You are signed out.' });
    return c.redirect('/login', 303);
  });

/** Where to go after the log-in: one of our own paths, whatever the address says. */
function nextPath(c: Context<AppEnv>): string {
  const { origin } = new URL(c.req.url);
  const next = c.req.query('next') ?? '';
  const url = URL.canParse(next, origin) ? new URL(next, origin) : null;
  const isOurs =
    url?.origin === origin && next.startsWith('/') && url.pathname.startsWith('/dashboard');
  return isOurs ? url.pathname + url.search : '/dashboard';
}

function LogIn({ next, email, message }: { next: string; email?: string; message?: string }) {
  const action = next === '/dashboard' ? '/login' : `/login?next=${encodeURIComponent(next)}`;
  return (
    <Page title="Log in">
      <Card>
        <Form action={action} values={{ email }} message={message}>
          <Field
            name="email"
            label="Email"
            type="email"
            autocomplete="username"
            required
            autofocus={!email}
          />
          <Field
            name="password"
            label="Password"
            type="password"
            autocomplete="current-password"
            required
            autofocus={Boolean(email)}
          />
          <FormActions>
            <Button variant="primary" wide>
              Log in
            </Button>
          </FormActions>
        </Form>
      </Card>
      <Prose>
        <Link href="/forgot-password">Forgot your password?</Link> New here?{' '}
        <Link href="/signup">Start a free trial</Link>
      </Prose>
    </Page>
  );
}
