import { createMiddleware } from 'hono/factory';
import { AppError } from '#src/lib/errors.ts';
import { findStore } from '#src/tenant.ts';
import type { AppEnv } from '../app-env.ts';
import { sessionCookie } from '../session-cookie.ts';
import { requestContext } from '../request-context.ts';

/** Pages behind a customer's log-in, after `storeVisitor`: names the session; the request's batch checks it. */
export const customerSession = createMiddleware<AppEnv>(async function customerSession(c, next) {
  const { ctx } = c.var;
  const session = await sessionCookie.customer.read(c);
  if (!session) {
    // There is no log-in to send strangers to where there is no store.
    await findStore(ctx);
    throw new AppError('unauthorized', 'Please log in.');
  }
  if (ctx.entry.kind !== 'store') throw new Error('Not a visitor of a storefront.');
  const { sessionId, companyId } = session;
  c.set('ctx', requestContext(c, { kind: 'customer', sessionId, slug: ctx.entry.slug }));
  c.set('companyId', companyId);
  await next();
  // At the address that was asked for: a former slug's cookie leads on with the page.
  if (c.var.ctx.customer?.renewed) await sessionCookie.customer.set(c, session, ctx.entry.slug);
});
