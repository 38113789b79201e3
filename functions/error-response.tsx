import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { AppError } from '#src/lib/errors.ts';
import { carriedForm, toLogIn } from './accounts/carried-form.ts';
import { ownPath } from './accounts/next-path.ts';
import type { AppEnv } from './app-env.ts';
import { dashboardPage } from './dashboard/dashboard-page.tsx';
import { setFlash } from './flash.ts';
import { htmlPage } from './html-page.ts';
import { logError, loggedPath } from './log.ts';
import { sessionCookie } from './session-cookie.ts';
import { logInPage } from './site/log-in-page.tsx';
import { storeHome, storeRefusal } from './storefront/refusal.tsx';
import { Button } from './views/button.tsx';
import { Card } from './views/card.tsx';
import { EmptyState } from './views/empty-state.tsx';
import { ErrorPage } from './views/error-page.tsx';
import { Page } from './views/page.tsx';

/** The failure a caller is told about; an accident is logged whole and told as one fixed sentence. */
export function asAppError(c: Context<AppEnv>, error: Error): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof HTTPException) {
    if (error.status === 400) return new AppError('validation', 'Invalid JSON body.');
    if (error.status === 413) return new AppError('too_large', error.message);
    if (error.status === 415) {
      return new AppError('unsupported_media_type', 'The body must be application/json.');
    }
  }
  logError('accident', { error, requestId: c.var.requestId, path: loggedPath(c.req.path) });
  return new AppError('internal', 'Something went wrong.');
}

/** `{ error, code, fields? }` ("REST API", Shape). */
export function errorJson(c: Context<AppEnv>, error: AppError): Response {
  const { message, code, fields } = error;
  return c.json(
    { error: message, code, ...(fields && fields.length > 1 && { fields }) },
    error.status,
  );
}

const NOT_FOUND = 'Page not found';
const TITLES: Partial<Record<AppError['code'], string>> = {
  not_found: NOT_FOUND,
  internal: 'Something went wrong',
  too_large: 'That is too large',
};

/** The page for a failure no form can show: log-in for strangers, a notice for those who may not, else an error page. */
export async function errorPage(c: Context<AppEnv>, error: AppError): Promise<Response> {
  const inDashboard = c.req.path.startsWith('/dashboard');
  const { resumed } = c.var;
  if (resumed && error.code !== 'unauthorized' && error.code !== 'internal') {
    // No form that can be shown again, such as a button alone: back to its page, to press it anew.
    const home = inDashboard ? '/dashboard' : (storeHome(c, error) ?? '/');
    return c.redirect(ownPath(c, resumed.page, `${home}/`, home), 303);
  }
  if (inDashboard && error.code === 'unauthorized') {
    if (c.req.method !== 'GET') {
      return logInPage(c, { carried: await carriedForm(c, { home: '/dashboard' }) }, 401);
    }
    return toLogIn(c, sessionCookie.staff, '/login');
  }
  if (
    inDashboard &&
    error.code === 'forbidden' &&
    c.req.method === 'GET' &&
    c.req.path !== '/dashboard'
  ) {
    setFlash(c, { tone: 'warning', text: error.message });
    return c.redirect('/dashboard', 303);
  }
  if (inDashboard && error.code === 'not_found' && c.var.ctx?.staff) {
    return dashboardPage(c, { title: NOT_FOUND, status: 404 }, <NotFound error={error} />);
  }
  const refusal = await storeRefusal(c, error);
  if (refusal) return refusal;
  const store = storeHome(c, error);
  const home = inDashboard
    ? { href: '/dashboard', label: 'Go to the dashboard' }
    : store && { href: store, label: 'Go to the store' };
  return htmlPage(
    c,
    <ErrorPage
      status={error.status}
      title={TITLES[error.code] ?? 'That did not work'}
      requestId={c.var.requestId}
      {...(home && { home })}
    >
      <p>{error.message}</p>
    </ErrorPage>,
    error.status,
  );
}

/** For those who are signed in: what is not there, in the frame of what is. */
function NotFound({ error }: { error: AppError }) {
  return (
    <Page title={NOT_FOUND}>
      <Card flush>
        <EmptyState
          title={error.message}
          icon="search"
          actions={<Button href="/dashboard">Go to the dashboard</Button>}
        >
          It may have been removed, or the address is mistyped.
        </EmptyState>
      </Card>
    </Page>
  );
}
