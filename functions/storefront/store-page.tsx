import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { storeOf } from '#src/context.ts';
import type { AppEnv } from '../app-env.ts';
import { takeFlash } from '../flash.ts';
import { htmlPage } from '../html-page.ts';
import { StoreLayout, type StoreLayoutProps } from '../views/store-layout.tsx';
import { storePath } from './store-path.ts';

type Options = Pick<StoreLayoutProps, 'title' | 'narrow' | 'scripts' | 'cartLines'> & {
  status?: 200 | 401 | 404 | 409 | 410 | 422 | 429;
};

/** A page in the store's frame. Call it after the request's batch: that is when the store is known. */
export function storePage(
  c: Context<AppEnv>,
  options: Options,
  body: Child,
): Response | Promise<Response> {
  const { ctx } = c.var;
  const store = storeOf(ctx);
  const { status = 200, ...frame } = options;
  return htmlPage(
    c,
    <StoreLayout
      {...frame}
      // Under a former slug the navigation still knows where one is.
      path={storePath(store, c.req.path.replace(/^\/store\/[^/]*/, ''))}
      store={{ name: store.companyName, home: storePath(store) }}
      contact={ctx.customer}
      person={ctx.customer?.contactId ?? ctx.customer?.customerId}
      role={ctx.customer?.role}
      cartLines={frame.cartLines ?? ctx.customer?.cartLines}
      flash={takeFlash(c)}
    >
      {body}
    </StoreLayout>,
    status,
  );
}
