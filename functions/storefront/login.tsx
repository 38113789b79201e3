import { Hono } from 'hono';
import { storeOf } from '#src/context.ts';
import { logInCustomer } from '#src/storefront/log-in.ts';
import { logOutCustomer } from '#src/storefront/sessions.ts';
import { findStore } from '#src/tenant.ts';
import { returnToForm } from '../accounts/carried-form.ts';
import { postedLogIn } from '../accounts/posted-log-in.ts';
import { beginAttempt, waitMessage } from '../accounts/throttle.ts';
import type { AppEnv } from '../app-env.ts';
import { sessionCookie } from '../session-cookie.ts';
import { setFlash } from '../flash.ts';
import { passwordHasher } from '../password-hasher.ts';
import { logInPage, nextPage } from './log-in-page.tsx';
import { storePath } from './store-path.ts';

const MESSAGES = {
  wrong: 'Invalid email or password.',
  suspended: 'Your account has been suspended. Please contact the store for details.',
};

export const login = new Hono<AppEnv>()
  .get('/:slug/login', async (c) => {
    await findStore(c.var.ctx);
    return logInPage(c);
  })
  .post('/:slug/login', async (c) => {
    const store = await findStore(c.var.ctx);
    const { input, carried } = await postedLogIn(c);
    if (!input) return logInPage(c, { carried, message: MESSAGES.wrong }, 422);
    const { email } = input;
    const attempt = await beginAttempt(c, `store:${store.companyId}`, email);
    if (!attempt.allowed) {
      return logInPage(c, { carried, email, message: waitMessage(c, attempt.retryAfter) }, 429);
    }
    const userAgent = c.req.header('User-Agent') ?? '';
    const result = await logInCustomer(c.var.ctx, passwordHasher, input, userAgent);
    if (!result.ok) return logInPage(c, { carried, email, message: MESSAGES[result.reason] }, 422);
    await attempt.succeed();
    const { companyId, companySlug } = store;
    await sessionCookie.customer.set(c, { sessionId: result.sessionId, companyId }, companySlug);
    return carried
      ? returnToForm(c, carried, storePath(store, '/'), storePath(store, '/catalog'))
      : c.redirect(nextPage(c, store), 303);
  })
  .post('/:slug/logout', async (c) => {
    const { ctx } = c.var;
    const session = await sessionCookie.customer.read(c);
    if (session) await logOutCustomer(ctx, session.sessionId);
    else await findStore(ctx);
    const store = storeOf(ctx);
    sessionCookie.customer.clear(c, c.req.param('slug'));
    sessionCookie.customer.clear(c, store.companySlug);
    setFlash(c, { tone: 'success', text: 'You are signed out.' });
    return c.redirect(storePath(store, '/login'), 303);
  });
