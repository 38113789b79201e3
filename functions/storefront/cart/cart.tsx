import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { type Id, idFrom, isId } from '#db/ids.ts';
import { clearCart } from '#src/cart/clear-cart.ts';
import { getCart, getCartAndProduct } from '#src/cart/queries.ts';
import { CartQuantity } from '#src/cart/schema.ts';
import { type SetCart, setCartLines, type TypedLine } from '#src/cart/set-cart-lines.ts';
import { storeView } from '#src/catalog/store-view.ts';
import { customerOf } from '#src/context.ts';
import { AppError } from '#src/lib/errors.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import { queryHref } from '../../views/query-href.ts';
import type { RefusedQuantity } from '../catalog/buy-form.tsx';
import { catalogPage } from '../catalog/catalog.tsx';
import { storePath } from '../store-path.ts';
import { CartForm, shownQuantity } from './cart-form.ts';
import { cartPage, type Removed } from './cart-page.tsx';
import { productStates } from './product-states.tsx';

/** What the form of one product sends. */
const LineForm = z.object({
  quantity: z.string().default(''),
  /** Where in the catalog the form was; absent where the cart’s Undo sends it. */
  back: z.string().optional(),
  /** Its button was `Add`: there was none of it in the cart. */
  add: z.string().optional(),
});
type LineForm = z.infer<typeof LineForm>;

const NOT_SAVED = 'Not saved yet.';

/** `/store/{slug}/cart`: the cart, and what forms anywhere in the store put into it. */
export const cart = new Hono<AppEnv>()
  .get('/:slug/cart', async (c) => {
    const { removed = '', quantity = '' } = c.req.query();
    const page = Number(c.req.query('page') ?? 1);
    const { ctx } = c.var;
    if (!isId('product', removed)) return cartPage(c, await getCart(ctx), { page });
    const { products, ...cart } = await getCartAndProduct(ctx, removed);
    const product = products.get(removed);
    const known = product && CartQuantity.safeParse({ quantity }).data;
    return cartPage(c, cart, known ? { removed: { ...product, ...known }, page } : { page });
  })
  .post('/:slug/cart', async (c) => {
    const form = await parseForm(c, CartForm);
    if (form.resumed) return typedInCart(c, form.resumed);
    if (!form.ok) throw incomplete();
    const set = await setCartLines(c.var.ctx, form.data.lines, form.data.person);
    return form.data.states === undefined
      ? changed(c, set, form.data)
      : productStates(c, set, refusals(set, form.data.lines), form.data.lines);
  })
  .post('/:slug/cart/clear', async (c) => {
    await clearCart(c.var.ctx);
    setFlash(c, { tone: 'success', text: 'Your cart is empty.' });
    return c.redirect(storePath(customerOf(c.var.ctx), '/cart'), 303);
  })
  .post('/:slug/cart/:product', async (c) => {
    const product = idFrom('product', c.req.param('product'));
    const form = await parseForm(c, LineForm);
    if (form.resumed) return notSavedYet(c, product, form.resumed);
    if (!form.ok) throw incomplete();
    const { quantity, back } = form.data;
    const lines = [{ product, quantity }];
    if (back === undefined)
      return changed(c, await setCartLines(c.var.ctx, lines), { lines, page: 1 });
    const wrong = CartQuantity.safeParse({ quantity }).error?.issues[0]?.message;
    if (wrong !== undefined) return backInCatalog(c, back, { product, quantity, message: wrong });
    return added(c, await setCartLines(c.var.ctx, lines), { product, back, form: form.data });
  });

const incomplete = () => new AppError('validation', 'This form is not complete.');

/** What was typed for each product that was refused, and why it was. */
function refusals({ refused }: SetCart, lines: readonly TypedLine[]) {
  const typed = new Map(lines.map(({ product, quantity }) => [product, quantity]));
  return new Map(
    [...refused].map(([product, message]): [Id<'product'>, RefusedQuantity] => [
      product,
      { value: shownQuantity(typed.get(product) ?? ''), message },
    ]),
  );
}

type Changed = Pick<CartForm, 'lines' | 'page'> & Partial<Pick<CartForm, 'checkout'>>;

/** From the cart: shown as it is now where something is wrong or a script asks, after a redirect otherwise. */
function changed(c: Context<AppEnv>, set: SetCart, { lines, page, checkout }: Changed) {
  const refused = refusals(set, lines);
  const removed = takenOut(set);
  const isRefused = refused.size > 0;
  const isBlocked = checkout !== undefined && set.lines.some(({ problem }) => problem !== null);
  if (isRefused || isBlocked || c.req.header('HX-Request')) {
    return cartPage(c, set, { refused, removed, page }, isRefused ? 422 : isBlocked ? 409 : 200);
  }
  const me = customerOf(c.var.ctx);
  if (checkout !== undefined) return c.redirect(storePath(me, '/checkout'), 303);
  const query = {
    ...(removed && { removed: removed.id, quantity: String(removed.quantity) }),
    page: page > 1 ? page : null,
  };
  return c.redirect(queryHref(storePath(me, '/cart'), query), 303);
}

/** The one product that has left the cart, so that it can be put back; null = none or several, or it is not for sale. */
function takenOut({ removed, products }: SetCart): Removed | null {
  const [first] = removed;
  const product = removed.length === 1 && first ? products.get(first.id) : undefined;
  return first && product ? { ...product, quantity: first.quantity } : null;
}

type Added = { product: Id<'product'>; back: string; form: LineForm };

/** From the catalog, where no script sends it: back to the product, with what is in the cart now. */
function added(c: Context<AppEnv>, set: SetCart, { product, back, form }: Added) {
  const line = set.lines.find(({ productId }) => productId === product);
  const nothing = form.add !== undefined && !line ? 'Enter how many to add: 1 or more.' : null;
  const message = set.refused.get(product) ?? nothing;
  if (message !== null) {
    return backInCatalog(c, back, { product, quantity: form.quantity, message });
  }
  const text = line
    ? `${line.name}: ${formatNumber(line.quantity)} in your cart.`
    : 'It is no longer in your cart.';
  setFlash(c, { tone: 'success', text });
  const query = placeIn(back);
  const place = query.size > 0 ? `?${query.toString()}` : '';
  return c.redirect(`${storePath(customerOf(c.var.ctx), '/catalog')}${place}#buy-${product}`, 303);
}

/** What was typed before the log-in, where its form was. */
async function notSavedYet(c: Context<AppEnv>, product: Id<'product'>, form: LineForm) {
  const { quantity, back } = form;
  return back === undefined
    ? typedInCart(c, { lines: [{ product, quantity }], page: 1 })
    : backInCatalog(c, back, { product, quantity, message: NOT_SAVED });
}

/** The cart as it is, with the quantities that were typed before the log-in. */
async function typedInCart(c: Context<AppEnv>, { lines, page }: Pick<CartForm, 'lines' | 'page'>) {
  const refused = new Map(
    lines.map(({ product, quantity }): [Id<'product'>, RefusedQuantity] => [
      product,
      { value: shownQuantity(quantity), message: NOT_SAVED },
    ]),
  );
  return cartPage(c, await getCart(c.var.ctx), { refused, page }, 422);
}

/** The page of the catalog that the form was on, with the quantity that was not taken. */
function backInCatalog(
  c: Context<AppEnv>,
  back: string,
  { product, quantity, message }: TypedLine & { message: string },
) {
  const refused = { product, message, value: shownQuantity(quantity) };
  return catalogPage(c, storeView(Object.fromEntries(placeIn(back))), refused);
}

const placeIn = (back: string) => new URLSearchParams(back.split('?')[1]);
