import { Hono } from 'hono';
import { exportProducts } from '#src/catalog/export-products.ts';
import { productFilter } from '#src/catalog/product-list.ts';
import { staffOf } from '#src/context.ts';
import { calendarDay } from '#src/lib/calendar-day.ts';
import type { AppEnv } from '../../app-env.ts';
import { byteStream } from '../../byte-stream.ts';
import { csvResponse } from '../imports/csv-response.ts';

/** What the list shows filtered, all of it, as a file that an import takes back. */
export const productsExport = new Hono<AppEnv>().get('/inventory/export', async (c) => {
  const { ctx } = c.var;
  const pieces = await exportProducts(ctx, productFilter(c.req.query()));
  const day = calendarDay(ctx.now, staffOf(ctx).timeZone);
  return csvResponse(c, `products-${day}.csv`, byteStream(c, pieces));
});
