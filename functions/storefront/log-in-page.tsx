import type { Context } from 'hono';
import { type Store, storeOf } from '#src/context.ts';
import { type CarriedForm, signedOut } from '../accounts/carried-form.ts';
import { LogInForm } from '../accounts/log-in-form.tsx';
import { nextPath } from '../accounts/next-path.ts';
import type { AppEnv } from '../app-env.ts';
import { Link } from '../views/button.tsx';
import { Prose, Stack } from '../views/layout.tsx';
import { Page } from '../views/page.tsx';
import { storePage } from './store-page.tsx';
import { storePath } from './store-path.ts';

type News = { email?: string; message?: string; carried?: CarriedForm | null };

/** The log-in of the store, perhaps again, perhaps with a form to go back to. */
export function logInPage(
  c: Context<AppEnv>,
  news: News = {},
  status: 200 | 401 | 422 | 429 = 200,
): Response | Promise<Response> {
  const store = storeOf(c.var.ctx);
  const next = nextPage(c, store);
  const hasEnded = c.req.query('ended') !== undefined;
  return storePage(
    c,
    { title: 'Log in', narrow: true, scripts: ['app'], status },
    <Page title="Log in" lead={`to order from ${store.companyName}`}>
      <LogInForm
        path={storePath(store, '/login')}
        next={next}
        {...(hasEnded && { reason: signedOut(next).text })}
        home={storePath(store, '/catalog')}
        {...news}
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

/** The page of this store to go to after the log-in. */
export function nextPage(c: Context<AppEnv>, store: Store): string {
  return nextPath(c, storePath(store, '/'), storePath(store, '/catalog'));
}
