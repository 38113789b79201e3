import type { Context } from 'hono';
import type { CarriedForm } from '../accounts/carried-form.ts';
import { LogInForm } from '../accounts/log-in-form.tsx';
import { nextPath } from '../accounts/next-path.ts';
import type { AppEnv } from '../app-env.ts';
import { Link } from '../views/button.tsx';
import { Prose } from '../views/layout.tsx';
import { Page } from '../views/page.tsx';
import { sitePage } from './site-page.tsx';

export const HOME = '/dashboard';

type News = { email?: string; message?: string; carried?: CarriedForm | null };

/** The staff's log-in, perhaps again, perhaps with a form to go back to. */
export function logInPage(
  c: Context<AppEnv>,
  news: News = {},
  status: 200 | 401 | 422 | 429 = 200,
): Response | Promise<Response> {
  return sitePage(
    c,
    { title: 'Log in', narrow: true, scripts: ['app'], status },
    <Page title="Log in">
      <LogInForm path="/login" next={nextPath(c, HOME, HOME)} home={HOME} {...news} />
      <Prose>
        <Link href="/forgot-password">Forgot your password?</Link> New here?{' '}
        <Link href="/signup">Start a free trial</Link>
      </Prose>
    </Page>,
  );
}
