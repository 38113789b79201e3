import { Hono } from 'hono';
import { idFrom } from '#db/ids.ts';
import { getReorder } from '#src/quick-order/reorder-rows.ts';
import type { AppEnv } from '../app-env.ts';
import { resultPage } from './quick-order/result-page.tsx';

/** Orders a past order again: shows what has changed since, before anything goes into the cart ("Reorder"). */
export const reorder = new Hono<AppEnv>().post('/:slug/orders/:id/reorder', async (c) => {
  const id = idFrom('order', c.req.param('id'));
  const { number, pricesThen, ...judged } = await getReorder(c.var.ctx, id);
  return resultPage(c, judged, { again: { id, number, pricesThen } });
});
