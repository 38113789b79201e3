import { Hono } from 'hono';
import { findStore } from '#src/companies/find-store.ts';
import { AppError } from '#src/lib/errors.ts';
import type { AppEnv } from '../app-env.ts';
import { visitor } from '../middleware/visitor.ts';
import { Message } from '../site/message.tsx';
import { sitePage } from '../site/site-page.tsx';

/** `/store/{slug}`: a company's door. A former slug leads to the one it has now, whatever comes behind it. */
export const storefront = new Hono<AppEnv>().use(visitor).get('/:slug/*', async (c) => {
  const asked = c.req.param('slug');
  const store = await findStore(c.var.ctx, asked);
  // Whether there are other stores is nobody's business.
  if (!store) throw new AppError('not_found', 'There is no page at this address.');
  const { pathname, search } = new URL(c.req.url);
  // Cut from the address as it was sent: percent signs may make the slug longer there than it is.
  const rest = pathname.replace(/^\/[^/]*\/[^/]*/, '');
  if (store.slug !== asked) return c.redirect(`/store/${store.slug}${rest}${search}`, 302);
  if (rest !== '' && rest !== '/') {
    throw new AppError('not_found', 'There is no page at this address.');
  }
  return sitePage(
    c,
    { title: store.name, narrow: true, noindex: true, actions: <></> },
    <Message title={store.name}>
      This store does not take orders online yet. Please contact {store.name} directly.
    </Message>,
  );
});
