import { type Context, Hono } from 'hono';
import { type Id, isId } from '#db/ids.ts';
import { staffOf } from '#src/context.ts';
import { AppError } from '#src/lib/errors.ts';
import { openNewOrder, saveNewOrder } from '#src/orders/new-order.ts';
import { type OrderDraft, OrderDraftForm, orderInput } from '#src/orders/order-draft.ts';
import { discardDraft, draftAgain } from '#src/orders/saved-draft.ts';
import type { AppEnv } from '../../app-env.ts';
import { formBody } from '../../form-body.ts';
import { orderPlaced } from '../../orders/order-placed.ts';
import { placeOrderInMonth } from '../../orders/place-order-in-month.ts';
import { parseForm } from '../../parse-form.ts';
import { queryHref } from '../../views/query-href.ts';
import { dashboardPage } from '../dashboard-page.tsx';
import { NEW_ORDER_PATH, orderPath } from './paths.ts';
import { type DraftProblem, invalidDraft, refusedDraft } from './draft-problem.ts';
import { NewOrderPage, type NewOrderPageProps } from './new-order-page.tsx';

type Status = 200 | 409 | 422;

/** `/dashboard/orders/new`: an order the staff places. Each form that is sent saves it as the person's draft. */
export const newOrder = new Hono<AppEnv>()
  .get('/orders/new', async (c) => {
    const { draft, savedAt, wanted, ...known } = await openNewOrder(
      c.var.ctx,
      customerFrom(c.req.query('customer')),
    );
    return page(c, { draft, known, problem: {}, opened: { savedAt, wanted } });
  })
  .post('/orders/new', async (c) => {
    const form = await parseForm(c, OrderDraftForm);
    if (form.resumed) {
      // A draft is saved whenever it is shown: that places nothing.
      c.var.ctx.readsOnly = false;
      return draftPage(c, form.resumed.draft, {}, 200);
    }
    if (!form.ok) throw new AppError('validation', 'This is not an order.');
    const { draft, place, added } = form.data;
    return place ? placed(c, draft) : draftPage(c, draft, {}, 200, added);
  })
  .post('/orders/new/discard', async (c) => {
    const { customer } = await formBody(c);
    await discardDraft(c.var.ctx);
    const next = customerFrom(typeof customer === 'string' ? customer : undefined);
    return c.redirect(queryHref(NEW_ORDER_PATH, { customer: next ?? undefined }), 303);
  });

function customerFrom(text: string | undefined): Id<'customer'> | null {
  return text !== undefined && isId('customer', text) ? text : null;
}

async function placed(c: Context<AppEnv>, draft: OrderDraft): Promise<Response> {
  try {
    const result = await placeOrderInMonth(c, orderInput(draft), draft);
    if (!result.ok) return await draftPage(c, draft, refusedDraft(result.lines), 409);
    return orderPlaced(c, result, orderPath(result.id));
  } catch (error) {
    const problem = error instanceof AppError ? invalidDraft(error) : null;
    if (!problem) throw error;
    return draftPage(c, draft, problem, 422);
  }
}

/** Saves the draft and shows it. What another tab has saved stays until the person decides. */
async function draftPage(
  c: Context<AppEnv>,
  draft: OrderDraft,
  problem: DraftProblem,
  status: Status,
  added?: Id<'product'> | null,
): Promise<Response> {
  const { saved, ...known } = await saveNewOrder(c.var.ctx, draft);
  const undecided = saved.outcome === 'saved' ? null : saved.outcome;
  const shown = draftAgain(draft, saved);
  return page(
    c,
    { draft: shown, known, problem: undecided ? {} : problem, undecided, added },
    undecided ? 409 : status,
  );
}

function page(
  c: Context<AppEnv>,
  props: Omit<NewOrderPageProps, 'locale' | 'now'>,
  status: Status = 200,
): Response | Promise<Response> {
  return dashboardPage(
    c,
    { title: 'New order', scripts: ['htmx', 'draft'], status },
    <NewOrderPage {...props} locale={staffOf(c.var.ctx)} now={c.var.ctx.now} />,
  );
}
