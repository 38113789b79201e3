import type { Context } from 'hono';
import type { Ctx } from '#src/context.ts';
import type { AppError } from '#src/lib/errors.ts';
import { findStore } from '#src/tenant.ts';
import type { AppEnv } from '../app-env.ts';
import { carriedForm, toLogIn } from '../accounts/carried-form.ts';
import { setFlash } from '../flash.ts';
import { requestContext } from '../request-context.ts';
import { sessionCookie } from '../session-cookie.ts';
import { Button } from '../views/button.tsx';
import { Card } from '../views/card.tsx';
import { EmptyState } from '../views/empty-state.tsx';
import { Page } from '../views/page.tsx';
import { logInPage } from './log-in-page.tsx';
import { storePage } from './store-page.tsx';
import { storePath } from './store-path.ts';

/**
 * What a failure at a store leads to, other than the error page: the log-in for strangers, the catalog for those whose
 * role is too small, and the store's own frame round what is not there.
 */
export async function storeRefusal(c: Context<AppEnv>, error: AppError): Promise<Response | null> {
  const home = storeHome(c, error);
  if (home === null) return null;
  const isPage = c.req.method === 'GET';
  if (error.code === 'unauthorized') {
    if (!isPage) return carryToLogIn(c);
    return toLogIn(c, sessionCookie.customer, `${home}/login`);
  }
  if (error.code === 'forbidden' && isPage) {
    setFlash(c, { tone: 'warning', text: error.message });
    return c.redirect(`${home}/catalog`, 303);
  }
  if (error.code === 'not_found' && c.var.ctx.customer) {
    const title = 'Page not found';
    return storePage(
      c,
      { title, status: 404 },
      <Page title={title}>
        <Card flush>
          <EmptyState
            title={error.message}
            icon="search"
            actions={<Button href={`${home}/catalog`}>Go to the catalog</Button>}
          >
            It may have been removed, or the address is mistyped.
          </EmptyState>
        </Card>
      </Page>,
    );
  }
  return null;
}

/** The log-in, with the form that was posted: of an ended session the store is not known yet. */
async function carryToLogIn(c: Context<AppEnv>): Promise<Response> {
  const { ctx } = c.var;
  if (ctx.entry.kind === 'customer') {
    c.set('ctx', requestContext(c, { kind: 'store', slug: ctx.entry.slug }));
  }
  const store = ctx.store ?? (await findStore(c.var.ctx));
  // Under a former slug the form is at the present one's address, too.
  const moved = (path: string) => storePath(store, path.replace(/^\/store\/[^/]*/, ''));
  const carried = await carriedForm(c, { home: storePath(store, '/catalog'), moved });
  return logInPage(c, { carried }, 401);
}

/** The path of the store where this happened; null elsewhere, and where it is not said whether there is a store. */
export function storeHome(c: Context<AppEnv>, error: AppError): string | null {
  const ctx: Ctx | undefined = c.get('ctx');
  const entry = ctx?.entry;
  if (entry?.kind !== 'store' && entry?.kind !== 'customer') return null;
  if (!ctx?.store && error.code === 'not_found') return null;
  return `/store/${ctx?.store?.companySlug ?? entry.slug}`;
}
