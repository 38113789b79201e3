import { type Context, Hono } from 'hono';
import { AppError } from '#src/lib/errors.ts';
import { checkViewer, findStore } from '#src/tenant.ts';
import type { AppEnv } from '../app-env.ts';
import { sessionCookie } from '../session-cookie.ts';
import { customerSession } from '../middleware/customer-session.ts';
import { limitBody } from '../middleware/limit-body.ts';
import { privateAnswers } from '../middleware/private-answers.ts';
import { resumedForm } from '../middleware/resumed-form.ts';
import { sameOrigin } from '../middleware/same-origin.ts';
import { storeVisitor } from '../middleware/store-visitor.ts';
import { addresses } from './account/addresses.tsx';
import { contacts } from './account/contacts.tsx';
import { password } from './account/password.tsx';
import { profile } from './account/profile.tsx';
import { cart } from './cart/cart.tsx';
import { catalog } from './catalog/catalog.tsx';
import { checkout } from './checkout/checkout.tsx';
import { login } from './login.tsx';
import { order } from './orders/order.tsx';
import { orders } from './orders/orders.tsx';
import { quickOrder } from './quick-order/quick-order.tsx';
import { register } from './register.tsx';
import { reorder } from './reorder.tsx';
import { reset } from './reset.tsx';
import { setupPassword } from './setup-password.tsx';
import { storePath } from './store-path.ts';
import { verifyEmail } from './verify-email.tsx';

/** `/store/{slug}`: everything a company's customers see. */
export const storefront = new Hono<AppEnv>()
  .use('/:slug/*', privateAnswers, sameOrigin, limitBody, storeVisitor)
  .use('/:slug/catalog/*', customerSession, resumedForm)
  .use('/:slug/cart/*', customerSession, resumedForm)
  .use('/:slug/quick-order/*', customerSession, resumedForm)
  .use('/:slug/checkout/*', customerSession, resumedForm)
  .use('/:slug/orders/*', customerSession, resumedForm)
  .use('/:slug/account/*', customerSession, resumedForm)
  .get('/:slug', door)
  .get('/:slug/', door)
  .route('/', register)
  .route('/', login)
  .route('/', reset)
  .route('/', setupPassword)
  .route('/', verifyEmail)
  .route('/', catalog)
  .route('/', cart)
  .route('/', quickOrder)
  .route('/', checkout)
  .route('/', orders)
  .route('/', order)
  .route('/', reorder)
  .route('/', profile)
  .route('/', password)
  .route('/', addresses)
  .route('/', contacts)
  // A former slug leads on, whatever comes behind it.
  .get('/:slug/*', async (c) => {
    const { ctx } = c.var;
    await (ctx.entry.kind === 'customer' ? checkViewer(ctx, 'catalog:read') : findStore(ctx));
    throw new AppError('not_found', 'There is no page at this address.');
  });

async function door(c: Context<AppEnv>): Promise<Response> {
  const store = await findStore(c.var.ctx);
  const signedIn = await sessionCookie.customer.read(c);
  return c.redirect(storePath(store, signedIn ? '/catalog' : '/login'), 302);
}
