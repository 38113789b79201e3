import { createRoute, z } from '@hono/zod-openapi';
import { calendarDay } from '#src/lib/calendar-day.ts';
import type { Ctx } from '#src/context.ts';
import {
  CustomerSalesOut,
  customerSalesOut,
  getCustomerReport,
} from '#src/reports/customer-report.ts';
import {
  getInventoryReport,
  StockedProductOut,
  stockedProductOut,
} from '#src/reports/inventory-report.ts';
import { PERIOD_PROBLEMS, PeriodQuery, periodOf } from '#src/reports/period.ts';
import { getSalesReport, SalesReportOut, salesReportOut } from '#src/reports/sales-report.ts';
import { ListQuery, apiRouter, needs, page } from './contract.ts';
import { data, problems, report } from './responses.ts';

/** The API's days, whatever the company's clock says (decision 19). */
const ZONE = 'UTC';
const today = ({ now }: Ctx) => calendarDay(now, ZONE);

const tags = ['Reports'];
const OTHER_CURRENCIES =
  'Orders that were placed in another currency than your company’s present one are left out.';

const salesRoute = createRoute({
  method: 'get',
  path: '/reports/sales',
  operationId: 'getSalesReport',
  summary: 'Sales by day and status',
  description: `A cancelled order counts as an order, and not as revenue. ${OTHER_CURRENCIES}`,
  tags,
  ...needs('reports:read'),
  request: { query: PeriodQuery },
  responses: {
    200: data(SalesReportOut, 'What was sold'),
    ...problems('reports:read', { validation: PERIOD_PROBLEMS }),
  },
});

const customersRoute = createRoute({
  method: 'get',
  path: '/reports/customers',
  operationId: 'listCustomerSales',
  summary: 'Customers by revenue',
  description: `Those who ordered in the period, whoever brought most first. A cancelled order counts as an order, and not as
revenue; one that is no customer’s is left out. ${OTHER_CURRENCIES} New orders may move a customer between two pages.`,
  tags,
  ...needs('reports:read'),
  request: { query: ListQuery.extend(PeriodQuery.shape) },
  responses: {
    200: report(
      CustomerSalesOut,
      z.object({
        from: z.string().nullable().meta({ format: 'date', example: '2026-03-01' }),
        to: z.string().nullable().meta({ format: 'date', example: '2026-03-31' }),
        currency: z.string().meta({ example: 'USD' }),
      }),
      'A page of customers',
    ),
    ...problems('reports:read', { validation: [...PERIOD_PROBLEMS, 'Invalid cursor.'] }),
  },
});

const inventoryRoute = createRoute({
  method: 'get',
  path: '/reports/inventory',
  operationId: 'listStock',
  summary: 'What is on hand, and its value',
  description: 'As it is now, so without a period: every product by name, active or not.',
  tags,
  ...needs('reports:read'),
  request: { query: ListQuery },
  responses: {
    200: report(
      StockedProductOut,
      z.object({
        currency: z.string().meta({ example: 'USD' }),
        products: z.int().meta({ example: 240 }),
        units: z.int().meta({ example: 9120 }),
        value: z.number().meta({ description: 'At catalogue prices.', example: 81_300.5 }),
        low: z.int().meta({ description: 'At or below their threshold.', example: 7 }),
        out: z.int().meta({ description: 'With nothing on hand.', example: 2 }),
      }),
      'A page of products, and the totals of all',
    ),
    ...problems('reports:read', { validation: ['Invalid cursor.'] }),
  },
});

export const reports = apiRouter()
  .openapi(salesRoute, async (c) => {
    const period = periodOf(c.req.valid('query'), today(c.var.ctx));
    const sales = await getSalesReport(c.var.ctx, period, ZONE);
    return c.json({ data: SalesReportOut.parse(salesReportOut(period, sales)) }, 200);
  })
  .openapi(customersRoute, async (c) => {
    const { limit, cursor, ...query } = c.req.valid('query');
    const period = periodOf(query, today(c.var.ctx));
    const found = await getCustomerReport(c.var.ctx, period, ZONE, { limit, cursor });
    const summary = { ...period, currency: found.currency };
    return c.json({ ...page(CustomerSalesOut, found.page, customerSalesOut), summary }, 200);
  })
  .openapi(inventoryRoute, async (c) => {
    const {
      currency,
      totals,
      page: found,
    } = await getInventoryReport(c.var.ctx, c.req.valid('query'));
    const { cents, ...counts } = totals;
    const summary = { currency, ...counts, value: cents / 100 };
    return c.json({ ...page(StockedProductOut, found, stockedProductOut), summary }, 200);
  });
