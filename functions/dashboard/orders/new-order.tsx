import { type Context, Hono } from 'hono';
import { staffOf } from '#src/context.ts';
import { AppError } from '#src/lib/errors.ts';
import { getNewOrder } from '#src/orders/new-order.ts';
import {
  emptyDraft,
  type OrderDraft,
  OrderDraftForm,
  orderInput,
} from '#src/orders/order-draft.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { placeOrderInMonth } from '../../orders/place-order-in-month.ts';
import { parseForm } from '../../parse-form.ts';
import { dashboardPage } from '../dashboard-page.tsx';
import { orderPath } from './paths.ts';
import { type DraftProblem, invalidDraft, refusedDraft } from './draft-problem.ts';
import { NewOrderPage } from './new-order-page.tsx';

/** `/dashboard/orders/new`: an order the staff places. Until it is placed it lives in its own form. */
export const newOrder = new Hono<AppEnv>()
  .get('/orders/new', (c) => draftPage(c, emptyDraft(c.req.query('customer'))))
  .post('/orders/new', async (c) => {
    const form = await parseForm(c, OrderDraftForm);
    if (!form.ok) throw new AppError('validation', 'This is not an order.');
    const { draft, place } = form.data;
    return place ? placed(c, draft) : draftPage(c, draft);
  });

async function placed(c: Context<AppEnv>, draft: OrderDraft): Promise<Response> {
  try {
    const result = await placeOrderInMonth(c, orderInput(draft));
    if (!result.ok) return await draftPage(c, draft, refusedDraft(result.lines), 409);
    setFlash(c, { tone: 'success', text: `Order #${result.number} is placed.` });
    const path = orderPath(result.id);
    // A script that swaps forms would put the order's page into this one.
    if (c.req.header('HX-Request')) return c.body(null, 200, { 'HX-Redirect': path });
    return c.redirect(path, 303);
  } catch (error) {
    const problem = error instanceof AppError ? invalidDraft(error) : null;
    if (!problem) throw error;
    return draftPage(c, draft, problem, 422);
  }
}

async function draftPage(
  c: Context<AppEnv>,
  draft: OrderDraft,
  problem: DraftProblem = {},
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const { ctx } = c.var;
  const known = await getNewOrder(ctx, draft);
  return dashboardPage(
    c,
    { title: 'New order', scripts: ['htmx'], status },
    <NewOrderPage draft={draft} known={known} problem={problem} currency={staffOf(ctx).currency} />,
  );
}
