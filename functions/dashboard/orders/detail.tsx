import { type Context, Hono } from 'hono';
import { type Id, idFrom } from '#db/ids.ts';
import { staffOf } from '#src/context.ts';
import { AppError } from '#src/lib/errors.ts';
import {
  changeOrderStatus,
  type ChangeOrderStatusResult,
} from '#src/orders/change-order-status.ts';
import { getInvoice } from '#src/orders/get-invoice.ts';
import { getOrderDetail } from '#src/orders/order-detail.ts';
import { ORDER_STATUSES } from '#src/orders/order-status.ts';
import { OrderStatusForm } from '#src/orders/status-form.ts';
import type { AppEnv } from '../../app-env.ts';
import { invoiceResponse } from '../../invoice/invoice-response.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import type { Flash } from '../../views/notice.tsx';
import { dashboardPage } from '../dashboard-page.tsx';
import { orderPath } from './paths.ts';
import { OrderPage } from './detail-page.tsx';

/** `/dashboard/orders/{id}`: one order, its invoice, and moving it on. */
export const orderDetail = new Hono<AppEnv>()
  .get('/orders/:id', async (c) => {
    const { ctx } = c.var;
    const detail = await getOrderDetail(ctx, orderId(c));
    return dashboardPage(
      c,
      { title: `Order #${detail.order.number}` },
      <OrderPage detail={detail} timeZone={staffOf(ctx).timeZone} />,
    );
  })
  .get('/orders/:id/invoice', async (c) =>
    invoiceResponse(c, await getInvoice(c.var.ctx, orderId(c))),
  )
  .post('/orders/:id/status', async (c) => {
    const form = await parseForm(c, OrderStatusForm);
    if (!form.ok) throw new AppError('validation', 'Invalid status.');
    const id = orderId(c);
    setFlash(c, await moved(c, id, form.data));
    return c.redirect(orderPath(id), 303);
  });

/** The order the address names. */
function orderId(c: Context<AppEnv>): Id<'order'> {
  return idFrom('order', c.req.param('id') ?? '');
}

async function moved(
  c: Context<AppEnv>,
  id: Id<'order'>,
  { status, seen }: { status: ChangeOrderStatusResult['status']; seen: typeof status },
): Promise<Flash> {
  try {
    return outcome(await changeOrderStatus(c.var.ctx, id, status, seen));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'rule') throw error;
    return { tone: 'warning', text: error.message };
  }
}

function outcome({ outcome: what, status }: ChangeOrderStatusResult): Flash {
  const now = ORDER_STATUSES[status].label.toLowerCase();
  switch (what) {
    case 'changed':
      return { tone: 'success', text: `The order is ${now}.` };
    case 'unchanged':
      return { tone: 'info', text: `The order was already ${now}.` };
    case 'changed_meanwhile':
      return {
        tone: 'warning',
        text: `Somebody else has changed this order meanwhile: it is ${now} now. Nothing of yours was done; look again, and decide.`,
      };
  }
}
