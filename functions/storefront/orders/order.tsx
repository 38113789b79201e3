import { type Context, Hono } from 'hono';
import { type Id, idFrom } from '#db/ids.ts';
import { customerOf } from '#src/context.ts';
import { AppError } from '#src/lib/errors.ts';
import { changeOrderStatus } from '#src/orders/change-order-status.ts';
import { getInvoice } from '#src/orders/get-invoice.ts';
import { getOrderDetail } from '#src/orders/order-detail.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { invoiceResponse } from '../../invoice/invoice-response.ts';
import type { Flash } from '../../views/notice.tsx';
import { storePage } from '../store-page.tsx';
import { storePath } from '../store-path.ts';
import { OwnOrderPage } from './order-page.tsx';

/** `/store/{slug}/orders/{id}`: one of the customer's own orders, its invoice, and taking it back. */
export const order = new Hono<AppEnv>()
  .get('/:slug/orders/:id', async (c) => {
    const { ctx } = c.var;
    const detail = await getOrderDetail(ctx, orderId(c));
    return storePage(
      c,
      { title: `Order #${detail.order.number}` },
      <OwnOrderPage detail={detail} me={customerOf(ctx)} />,
    );
  })
  .get('/:slug/orders/:id/invoice', async (c) =>
    invoiceResponse(c, await getInvoice(c.var.ctx, orderId(c))),
  )
  .post('/:slug/orders/:id/cancel', async (c) => {
    const { ctx } = c.var;
    const id = orderId(c);
    setFlash(c, await cancelled(c, id));
    // A refusal ends the batch before it says whose store this is; the address does.
    const store = ctx.customer ?? { companySlug: c.req.param('slug') };
    return c.redirect(storePath(store, `/orders/${id}`), 303);
  });

function orderId(c: Context<AppEnv>): Id<'order'> {
  return idFrom('order', c.req.param('id') ?? '');
}

async function cancelled(c: Context<AppEnv>, id: Id<'order'>): Promise<Flash> {
  try {
    const { outcome } = await changeOrderStatus(c.var.ctx, id, 'CANCELLED', null);
    return outcome === 'changed'
      ? { tone: 'success', text: 'The order is cancelled.' }
      : { tone: 'info', text: 'The order was already cancelled.' };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'rule') throw error;
    return { tone: 'warning', text: error.message };
  }
}
