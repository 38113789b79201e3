import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { AppError } from '#src/lib/errors.ts';
import { slug as slugField } from '#src/lib/fields.ts';
import type { AppEnv } from '../app-env.ts';
import { sessionCookie } from '../session-cookie.ts';
import { announceDue, requestContext } from '../request-context.ts';

/**
 * Whoever comes by at a store. Its page may be asked for under a former slug: that leads on to the present one, once
 * the request's batch has said which that is (decision 12). What is posted there is done there.
 */
export const storeVisitor = createMiddleware<AppEnv>(async function storeVisitor(c, next) {
  const slug = c.req.param('slug') ?? '';
  // No company has anything else, and Postgres need not be asked with what it cannot store.
  if (slugField.safeParse(slug).data !== slug) {
    throw new AppError('not_found', 'There is no page at this address.');
  }
  c.set('ctx', requestContext(c, { kind: 'store', slug }));
  await next();
  announceDue(c);
  const { store } = c.var.ctx;
  if (store && store.companySlug !== slug && c.req.method !== 'POST') {
    await leadOn(c, store.companySlug);
  }
});

async function leadOn(c: Context<AppEnv>, slug: string): Promise<void> {
  const { pathname, search } = new URL(c.req.url);
  // Cut from the address as it was sent: percent signs may make the slug longer there than it is.
  const rest = pathname.replace(/^\/[^/]*\/[^/]*/, '');
  // What was rendered is thrown away with its headers: a message it has taken is still to be shown.
  c.res = undefined;
  const headers = { Location: `/store/${slug}${rest}${search}` };
  c.res = new Response(null, { status: 302, headers });
  const session = await sessionCookie.customer.read(c);
  if (session) await sessionCookie.customer.set(c, session, slug);
}
