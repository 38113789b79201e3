import { type Context, Hono } from 'hono';
import { customerOf } from '#src/context.ts';
import { AppError } from '#src/lib/errors.ts';
import { type Checkout, fitCheckout, getCheckout } from '#src/orders/checkout.ts';
import { CheckoutForm, checkoutInput } from '#src/orders/checkout-form.ts';
import { confirmFirst } from '#src/storefront/email-to-confirm.ts';
import type { AppEnv } from '../../app-env.ts';
import { orderPlaced } from '../../orders/order-placed.ts';
import { placeOrderInMonth } from '../../orders/place-order-in-month.ts';
import { parseForm } from '../../parse-form.ts';
import { mailLinkAgain } from '../mail-link-again.ts';
import { storePage } from '../store-page.tsx';
import { storePath } from '../store-path.ts';
import { CheckoutPage, type CheckoutPageProps } from './checkout-page.tsx';

/** `/store/{slug}/checkout`: the cart becomes an order. */
export const checkout = new Hono<AppEnv>()
  .get('/:slug/checkout', async (c) => show(c, await getCheckout(c.var.ctx)))
  .post('/:slug/checkout', async (c) => {
    const form = await formOf(c);
    if (c.var.resumed) return show(c, await getCheckout(c.var.ctx), { form });
    const input = checkoutInput(form);
    if (!input.ok) {
      return show(c, await getCheckout(c.var.ctx), { form, errors: input.errors }, 422);
    }
    try {
      const result = await placeOrderInMonth(c, input.data);
      if (!result.ok)
        return await show(c, await getCheckout(c.var.ctx), { form, outdated: true }, 409);
      const path = storePath(customerOf(c.var.ctx), `/orders/${result.id}`);
      return orderPlaced(c, result, path, ' Thank you!');
    } catch (error) {
      const isShown = error instanceof AppError && ['rule', 'plan_limit'].includes(error.code);
      if (!isShown) throw error;
      const checkout = await getCheckout(c.var.ctx);
      const { cart, emailToConfirm: email } = checkout;
      // The page of a filled cart says so itself, with a button beside it.
      const isSaid =
        email !== null && cart.lines.length > 0 && error.message === confirmFirst(email);
      return show(c, checkout, { form, ...(!isSaid && { errors: { '': [error.message] } }) }, 422);
    }
  })
  // Not an address to go back to: what was typed is in the form alone.
  .post('/:slug/checkout/fit', async (c) => {
    const form = await formOf(c);
    if (c.var.resumed) return show(c, await getCheckout(c.var.ctx), { form });
    return show(c, await fitCheckout(c.var.ctx), { form, fitted: true });
  })
  // Beside what was typed, which a redirect would lose.
  .post('/:slug/checkout/verify', async (c) => {
    const form = await formOf(c);
    const checkout = await getCheckout(c.var.ctx);
    const email = checkout.emailToConfirm;
    if (email === null || c.var.resumed) return show(c, checkout, { form });
    const tooMany = await mailLinkAgain(c, customerOf(c.var.ctx), email);
    if (tooMany) return show(c, checkout, { form, errors: { '': [tooMany] } }, 429);
    return show(c, checkout, { form, linkSent: true });
  });

async function formOf(c: Context<AppEnv>): Promise<CheckoutForm> {
  const form = await parseForm(c, CheckoutForm);
  const data = form.ok ? form.data : form.resumed;
  if (!data) throw new AppError('validation', 'This form is not complete.');
  return data;
}

type News = Pick<CheckoutPageProps, 'form' | 'errors' | 'outdated' | 'fitted' | 'linkSent'>;

function show(
  c: Context<AppEnv>,
  { cart, ...checkout }: Checkout,
  news: News = {},
  status: 200 | 409 | 422 | 429 = 200,
): Response | Promise<Response> {
  const me = customerOf(c.var.ctx);
  return storePage(
    c,
    { title: 'Checkout', scripts: ['app', 'store'], status, cartLines: cart.lines.length },
    <CheckoutPage store={me} cart={cart} {...checkout} {...news} />,
  );
}
