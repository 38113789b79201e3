import { Hono } from 'hono';
import { staffOf } from '#src/context.ts';
import { customerFilter } from '#src/customers/customer-list.ts';
import { exportCustomers } from '#src/customers/export-customers.ts';
import { calendarDay } from '#src/lib/calendar-day.ts';
import type { AppEnv } from '../../app-env.ts';
import { byteStream } from '../../byte-stream.ts';
import { csvResponse } from '../imports/csv-response.ts';

/** What the list shows filtered, all of it, as a file that an import takes back. */
export const customersExport = new Hono<AppEnv>().get('/customers/export', async (c) => {
  const { ctx } = c.var;
  const pieces = await exportCustomers(ctx, customerFilter(c.req.query()));
  const day = calendarDay(ctx.now, staffOf(ctx).timeZone);
  return csvResponse(c, `customers-${day}.csv`, byteStream(c, pieces));
});
