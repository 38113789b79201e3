import { type Context, Hono } from 'hono';
import { LogInInput } from '#src/lib/password-forms.ts';
import { logIn } from '#src/staff/log-in.ts';
import { logOut } from '#src/staff/sessions.ts';
import { LogInForm } from '../accounts/log-in-form.tsx';
import { nextPath } from '../accounts/next-path.ts';
import { beginAttempt, waitMessage } from '../accounts/throttle.ts';
import type { AppEnv } from '../app-env.ts';
import { setFlash } from '../flash.ts';
import { parseForm } from '../parse-form.ts';
import { passwordHasher } from '../password-hasher.ts';
import { sessionCookie } from '../session-cookie.ts';
import { Link } from '../views/button.tsx';
import { Prose } from '../views/layout.tsx';
import { Page } from '../views/page.tsx';
import { sitePage } from './site-page.tsx';

const HOME = '/dashboard';

const MESSAGES = {
  wrong: 'Invalid email or password.',
  no_company:
    'Your account does not belong to a company any more. Ask its owner for an invitation.',
};

export const login = new Hono<AppEnv>()
  .get('/login', (c) => show(c))
  .post('/login', async (c) => {
    const form = await parseForm(c, LogInInput);
    if (!form.ok) return show(c, { message: MESSAGES.wrong });
    const { email } = form.data;
    const attempt = await beginAttempt(c, 'staff', email);
    if (!attempt.allowed) {
      return show(c, { email, message: waitMessage(c, attempt.retryAfter) }, 429);
    }
    const userAgent = c.req.header('User-Agent') ?? '';
    const result = await logIn(c.var.ctx, passwordHasher, form.data, userAgent);
    if (!result.ok) return show(c, { email, message: MESSAGES[result.reason] });
    await attempt.succeed();
    await sessionCookie.staff.set(c, result.session);
    return c.redirect(nextPath(c, HOME, HOME), 303);
  })
  .post('/logout', async (c) => {
    const session = await sessionCookie.staff.read(c);
    if (session) await logOut(c.var.ctx, session.sessionId);
    sessionCookie.staff.clear(c);
    setFlash(c, { tone: 'success', text: 'You are signed out.' });
    return c.redirect('/login', 303);
  });

type Refused = { email?: string; message: string };

function show(c: Context<AppEnv>, refused?: Refused, status?: 429) {
  return sitePage(
    c,
    { title: 'Log in', narrow: true, scripts: ['app'], status: status ?? (refused ? 422 : 200) },
    <Page title="Log in">
      <LogInForm path="/login" next={nextPath(c, HOME, HOME)} home={HOME} {...refused} />
      <Prose>
        <Link href="/forgot-password">Forgot your password?</Link> New here?{' '}
        <Link href="/signup">Start a free trial</Link>
      </Prose>
    </Page>,
  );
}
