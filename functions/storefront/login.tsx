import { type Context, Hono } from 'hono';
import { type Store, storeOf } from '#src/context.ts';
import { LogInInput } from '#src/lib/password-forms.ts';
import { logInCustomer } from '#src/storefront/log-in.ts';
import { logOutCustomer } from '#src/storefront/sessions.ts';
import { findStore } from '#src/tenant.ts';
import { LogInForm } from '../accounts/log-in-form.tsx';
import { nextPath } from '../accounts/next-path.ts';
import { beginAttempt, waitMessage } from '../accounts/throttle.ts';
import type { AppEnv } from '../app-env.ts';
import { sessionCookie } from '../session-cookie.ts';
import { setFlash } from '../flash.ts';
import { parseForm } from '../parse-form.ts';
import { passwordHasher } from '../password-hasher.ts';
import { Link } from '../views/button.tsx';
import { Prose, Stack } from '../views/layout.tsx';
import { Page } from '../views/page.tsx';
import { storePage } from './store-page.tsx';
import { storePath } from './store-path.ts';

const MESSAGES = {
  wrong: 'Invalid email or password.',
  suspended: 'Your account has been suspended. Please contact the store for details.',
};

export const login = new Hono<AppEnv>()
  .get('/:slug/login', async (c) => {
    await findStore(c.var.ctx);
    return show(c);
  })
  .post('/:slug/login', async (c) => {
    const store = await findStore(c.var.ctx);
    const form = await parseForm(c, LogInInput);
    if (!form.ok) return show(c, { message: MESSAGES.wrong });
    const { email } = form.data;
    const attempt = await beginAttempt(c, `store:${store.companyId}`, email);
    if (!attempt.allowed) {
      return show(c, { email, message: waitMessage(c, attempt.retryAfter) }, 429);
    }
    const userAgent = c.req.header('User-Agent') ?? '';
    const result = await logInCustomer(c.var.ctx, passwordHasher, form.data, userAgent);
    if (!result.ok) return show(c, { email, message: MESSAGES[result.reason] });
    await attempt.succeed();
    const { companyId, companySlug } = store;
    await sessionCookie.customer.set(c, { sessionId: result.sessionId, companyId }, companySlug);
    return c.redirect(nextPage(c, store), 303);
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

type Refused = { email?: string; message: string };

function show(c: Context<AppEnv>, refused?: Refused, status?: 429) {
  const store = storeOf(c.var.ctx);
  return storePage(
    c,
    { title: 'Log in', narrow: true, scripts: ['app'], status: status ?? (refused ? 422 : 200) },
    <Page title="Log in" lead={`to order from ${store.companyName}`}>
      <LogInForm
        path={storePath(store, '/login')}
        next={nextPage(c, store)}
        home={storePath(store, '/catalog')}
        {...refused}
      />
      <Stack gap="tight">
        <Prose>
          Forgot your password, or never had one?{' '}
          <Link href={storePath(store, '/reset')}>Set a password</Link>
        </Prose>
        <Prose>
          Invited by a colleague or the store?{' '}
          <Link href={storePath(store, '/setup-password')}>Get your invitation again</Link>
        </Prose>
        {store.registrationOpen && (
          <Prose>
            New here? <Link href={storePath(store, '/register')}>Create an account</Link>
          </Prose>
        )}
      </Stack>
    </Page>,
  );
}

/** A page of this store. */
function nextPage(c: Context<AppEnv>, store: Store): string {
  return nextPath(c, storePath(store, '/'), storePath(store, '/catalog'));
}
