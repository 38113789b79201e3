import { type Context, Hono } from 'hono';
import { addToCart } from '#src/cart/add-to-cart.ts';
import type { CartUnits } from '#src/cart/cart-units.ts';
import { suggestProducts } from '#src/catalog/suggest-products.ts';
import { customerOf } from '#src/context.ts';
import { AppError } from '#src/lib/errors.ts';
import { countOf } from '#src/lib/format-number.ts';
import type { JudgedRow, JudgedRows } from '#src/quick-order/judge-rows.ts';
import { ROWS_TEXT_MAX } from '#src/quick-order/read-rows.ts';
import { resolveRows } from '#src/quick-order/resolve-rows.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { formBody, shownAgain } from '../../form-body.ts';
import { shortName } from '../../views/fitted.ts';
import { storePath } from '../store-path.ts';
import { entryPage } from './entry-page.tsx';
import { readQuickOrder } from './quick-order-form.ts';
import { resultPage } from './result-page.tsx';

/** `/store/{slug}/quick-order`: many products at once, by keyboard, from a spreadsheet or a file. */
export const quickOrder = new Hono<AppEnv>()
  .get('/:slug/quick-order', (c) => entryPage(c))
  .get('/:slug/quick-order/suggestions', async (c) =>
    c.json(await suggestProducts(c.var.ctx, c.req.query('q') ?? '')),
  )
  .post('/:slug/quick-order', async (c) => {
    const order = await posted(c);
    if (c.var.resumed && (order.typed !== '' || order.rows.length === 0)) return again(c, order);
    const judged = await look(c, order);
    if (typeof judged === 'string') return again(c, order, judged);
    const { heading, file, leftOut } = order;
    return resultPage(c, judged, { heading, file, leftOut });
  })
  .post('/:slug/quick-order/add', async (c) => {
    const order = await posted(c);
    const { leftOut } = order;
    const judged = await look(c, order);
    if (typeof judged === 'string') return again(c, order, judged);
    if (c.var.resumed) return resultPage(c, judged);
    const fine = judged.rows.filter(({ state }) => state === 'ok');
    const rest = judged.rows.filter(({ state }) => state !== 'ok');
    if (fine.length === 0) return resultPage(c, judged, { leftOut });
    let added: CartUnits;
    try {
      added = await addToCart(c.var.ctx, additions(fine, judged.cart));
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'rule')) throw error;
      return resultPage(c, judged, { problem: error.message, leftOut });
    }
    const me = customerOf(c.var.ctx);
    if (rest.length > 0) {
      const cart = new Map([...judged.cart, ...added]);
      const news = { added: fine.length, cartLines: cart.size, leftOut };
      return resultPage(c, { rows: rest, cart }, news);
    }
    setFlash(c, { tone: 'success', text: `Added ${countOf(fine.length, 'item')} to your cart.` });
    return c.redirect(storePath(me, '/cart'), 303);
  });

const posted = async (c: Context<AppEnv>) =>
  readQuickOrder(await formBody(c, { textMax: ROWS_TEXT_MAX }));

type Order = Awaited<ReturnType<typeof readQuickOrder>>;

/** The page where it began, with what was typed; a file has to be chosen again. */
function again(c: Context<AppEnv>, { typed, file }: Order, problem?: string): Promise<Response> {
  const news = { typed: shownAgain(typed) };
  if (problem === undefined) return entryPage(c, news);
  const choose = file ? ` Choose “${shortName(file.name)}” again.` : '';
  return entryPage(c, { ...news, problem: problem + choose });
}

/** The rows as they are judged, or what is wrong with all of them together. */
async function look(
  c: Context<AppEnv>,
  { rows, leftOut, problem, seen }: Order,
): Promise<JudgedRows | string> {
  if (problem !== null) return problem;
  if (rows.length === 0 && leftOut.length > 0) return 'None of these lines has a quantity.';
  if (rows.length === 0) return 'Type or paste at least one line, or choose a file.';
  try {
    return await resolveRows(c.var.ctx, rows, seen);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'validation')) throw error;
    return error.message;
  }
}

function additions(rows: readonly JudgedRow[], cart: CartUnits) {
  return rows.map(({ match, units }) => ({
    productId: match?.id,
    quantity: units,
    seen: match ? cart.get(match.id) : undefined,
  }));
}
