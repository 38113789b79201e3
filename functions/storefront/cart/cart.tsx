import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { type Id, idFrom, isId } from '#db/ids.ts';
import { clearCart } from '#src/cart/clear-cart.ts';
import { type CartAndProduct, getCart, getCartAndProduct } from '#src/cart/queries.ts';
import { CartQuantity } from '#src/cart/schema.ts';
import { setCartLine } from '#src/cart/set-cart-line.ts';
import { storeView } from '#src/catalog/store-view.ts';
import { customerOf } from '#src/context.ts';
import { AppError } from '#src/lib/errors.ts';
import { shorten } from '#src/lib/shorten.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import { queryHref } from '../../views/query-href.ts';
import { catalogPage } from '../catalog/catalog.tsx';
import { storePath } from '../store-path.ts';
import { cartFragment } from './cart-fragment.tsx';
import { cartPage } from './cart-page.tsx';

/** What a product's form sends, from the catalogue (`back`) or from the cart. */
const LineForm = z.object({
  quantity: z.string().default(''),
  /** Where in the catalogue the form was. */
  back: z.string().optional(),
  remove: z.string().optional(),
  /** What the line was when the cart was shown. */
  seen: z.string().optional(),
  /** The part of a long cart that it was shown in. */
  page: z.coerce.number().catch(1),
});
type LineForm = z.infer<typeof LineForm>;

/** `/store/{slug}/cart`: the cart, and what forms anywhere in the store put into it. */
export const cart = new Hono<AppEnv>()
  .get('/:slug/cart', async (c) => {
    const { removed = '', quantity = '' } = c.req.query();
    const page = Number(c.req.query('page') ?? 1);
    const { ctx } = c.var;
    if (!isId('product', removed)) return cartPage(c, await getCart(ctx), { page });
    const { product, ...cart } = await getCartAndProduct(ctx, removed);
    const known = product && CartQuantity.safeParse({ quantity }).data;
    return cartPage(c, cart, known ? { removed: { ...product, ...known }, page } : { page });
  })
  .post('/:slug/cart/clear', async (c) => {
    await clearCart(c.var.ctx);
    setFlash(c, { tone: 'success', text: 'Your cart is empty.' });
    return c.redirect(storePath(customerOf(c.var.ctx), '/cart'), 303);
  })
  .post('/:slug/cart/:product', async (c) => {
    const product = idFrom('product', c.req.param('product'));
    const form = await parseForm(c, LineForm);
    if (!form.ok) throw new AppError('validation', 'This form is not complete.');
    return form.data.back === undefined
      ? changed(c, product, form.data)
      : added(c, product, form.data, form.data.back);
  });

/** From the cart: it is shown as it is now, at once where htmx asks, and after a redirect elsewhere. */
async function changed(c: Context<AppEnv>, product: Id<'product'>, form: LineForm) {
  const { ctx } = c.var;
  const quantity = form.remove === undefined ? form.quantity : '0';
  const set = await attempt(c, product, quantity);
  if (!set.ok) {
    const refused = { product, value: shownQuantity(form), message: set.message };
    return cartPage(c, await getCart(ctx), { refused, page: form.page });
  }
  const isHere = set.cart.lines.some(({ productId }) => productId === product);
  if (isHere && c.req.header('HX-Request')) return cartPage(c, set.cart, { page: form.page });
  const removed = isHere ? {} : { removed: product, quantity: form.seen ?? '' };
  const page = form.page > 1 ? form.page : null;
  const path = storePath(customerOf(ctx), '/cart');
  return c.redirect(queryHref(path, { ...removed, page }), 303);
}

/** From the catalogue: htmx is answered with the part of the form that has changed, others come back to the product. */
async function added(c: Context<AppEnv>, product: Id<'product'>, form: LineForm, back: string) {
  const isSwap = c.req.header('HX-Request') !== undefined;
  const set = await attempt(c, product, form.quantity);
  const refused = set.ok ? undefined : { value: shownQuantity(form), message: set.message };
  if (isSwap) {
    const cart = set.ok ? set.cart : await getCartAndProduct(c.var.ctx, product);
    return cartFragment(c, product, cart, refused);
  }
  const query = new URLSearchParams(back.split('?')[1]);
  if (refused) return catalogPage(c, storeView(Object.fromEntries(query)), { ...refused, product });
  const me = customerOf(c.var.ctx);
  const line = set.ok && set.cart.lines.find(({ productId }) => productId === product);
  const text = line
    ? `${line.name}: ${formatNumber(line.quantity)} in your cart.`
    : 'It is no longer in your cart.';
  setFlash(c, { tone: 'success', text });
  const place = query.size > 0 ? `?${query.toString()}` : '';
  return c.redirect(`${storePath(me, '/catalog')}${place}#buy-${product}`, 303);
}

/** What was typed, to be shown again: no quantity is longer. */
const shownQuantity = ({ quantity }: LineForm) => shorten(quantity, 20);

type Attempt = { ok: true; cart: CartAndProduct } | { ok: false; message: string };

/** Sets the line, or says in the product's own place why not; whoever may not order is refused as everywhere. */
async function attempt(
  c: Context<AppEnv>,
  product: Id<'product'>,
  quantity: string,
): Promise<Attempt> {
  try {
    return { ok: true, cart: await setCartLine(c.var.ctx, product, { quantity }) };
  } catch (error) {
    const isShown =
      error instanceof AppError && ['validation', 'not_found', 'rule'].includes(error.code);
    if (!isShown) throw error;
    return { ok: false, message: error.message };
  }
}
