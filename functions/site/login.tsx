import { Hono } from 'hono';
import { logIn } from '#src/staff/log-in.ts';
import { logOut } from '#src/staff/sessions.ts';
import { returnToForm } from '../accounts/carried-form.ts';
import { nextPath } from '../accounts/next-path.ts';
import { postedLogIn } from '../accounts/posted-log-in.ts';
import { beginAttempt, waitMessage } from '../accounts/throttle.ts';
import type { AppEnv } from '../app-env.ts';
import { setFlash } from '../flash.ts';
import { passwordHasher } from '../password-hasher.ts';
import { sessionCookie } from '../session-cookie.ts';
import { HOME, logInPage } from './log-in-page.tsx';

const MESSAGES = {
  wrong: 'Invalid email or password.',
  no_company:
    'Your account does not belong to a company any more. Ask its owner for an invitation.',
};

export const login = new Hono<AppEnv>()
  .get('/login', (c) => logInPage(c))
  .post('/login', async (c) => {
    const { input, carried } = await postedLogIn(c);
    if (!input) return logInPage(c, { carried, message: MESSAGES.wrong }, 422);
    const { email } = input;
    const attempt = await beginAttempt(c, 'staff', email);
    if (!attempt.allowed) {
      return logInPage(c, { carried, email, message: waitMessage(c, attempt.retryAfter) }, 429);
    }
    const userAgent = c.req.header('User-Agent') ?? '';
    const result = await logIn(c.var.ctx, passwordHasher, input, userAgent);
    if (!result.ok) return logInPage(c, { carried, email, message: MESSAGES[result.reason] }, 422);
    await attempt.succeed();
    await sessionCookie.staff.set(c, result.session);
    return carried
      ? returnToForm(c, carried, HOME, HOME)
      : c.redirect(nextPath(c, HOME, HOME), 303);
  })
  .post('/logout', async (c) => {
    const session = await sessionCookie.staff.read(c);
    if (session) await logOut(c.var.ctx, session.sessionId);
    sessionCookie.staff.clear(c);
    setFlash(c, { tone: 'success', text: 'You are signed out.' });
    return c.redirect('/login', 303);
  });
