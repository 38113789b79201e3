import { createRoute, z } from '@hono/zod-openapi';
import { idFrom } from '#db/ids.ts';
import { UNSTORABLE } from '#src/lib/fields.ts';
import { isIsoMoment } from '#src/lib/iso-moment.ts';
import { fromSnapshot } from '#src/lib/snapshot.ts';
import { changeOrderStatus } from '#src/orders/change-order-status.ts';
import { getOrder, listOrders } from '#src/orders/list-orders.ts';
import {
  OrderDetailOut,
  orderDetailOut,
  OrderOut,
  orderOut,
  type OrderWithLines,
} from '#src/orders/order-out.ts';
import { LIMIT_REACHED } from '#src/orders/order-places.ts';
import {
  INVALID_STATUS,
  OrderPatch,
  OrderRequest,
  orderStatus,
} from '#src/orders/order-request.ts';
import { placeApiOrder } from '../../orders/place-api-order.ts';
import {
  ListQuery,
  ONCE,
  PatchHeaders,
  WriteHeaders,
  apiRouter,
  jsonBody,
  needs,
  needsWithBody,
  page,
} from './contract.ts';
import { guarded, setEtag } from './guarded.ts';
import { PATCH, WRITE, list, problems, resource, written } from './responses.ts';

const tags = ['Orders'];
const IdParams = z.object({ id: z.string().meta({ example: 'ord_01k9h7m3v8e4nspb3s0h8x2v7q' }) });
const NOT_FOUND = { not_found: ['Order not found.'] };

const wrongMoment = (name: string) =>
  `${name} must be an ISO 8601 time with a zone, like 2026-03-01T12:00:00Z.`;

/** A moment of a query: with a zone, as the API is asked from everywhere. */
const moment = (name: string, description: string) =>
  z.iso
    .datetime({ offset: true, error: wrongMoment(name) })
    .transform((text) => new Date(text))
    .refine((date) => isIsoMoment(date.toISOString()), wrongMoment(name))
    .optional()
    .meta({ type: 'string', format: 'date-time', description, example: '2026-03-01T12:00:00Z' });

const listRoute = createRoute({
  method: 'get',
  path: '/orders',
  operationId: 'listOrders',
  summary: 'List orders',
  description:
    'With their items. Names, SKUs, units and prices are those of the day they were placed.',
  tags,
  ...needs('orders:read'),
  request: {
    query: ListQuery.extend({
      status: orderStatus.optional(),
      customerId: z.string(ONCE).optional().meta({ description: 'Orders of this customer only.' }),
      since: moment('since', 'Orders placed at this moment or later.'),
      until: moment('until', 'Orders placed before this moment.'),
    }),
  },
  responses: {
    200: list(OrderOut, 'A page of orders, newest first'),
    ...problems('orders:read', {
      validation: [INVALID_STATUS, wrongMoment('since'), wrongMoment('until'), 'Invalid cursor.'],
    }),
  },
});

const getRoute = createRoute({
  method: 'get',
  path: '/orders/{id}',
  operationId: 'getOrder',
  summary: 'Fetch an order',
  tags,
  ...needs('orders:read'),
  request: { params: IdParams },
  responses: {
    200: resource(OrderDetailOut, 'The order in full'),
    ...problems('orders:read', NOT_FOUND),
  },
});

const postRoute = createRoute({
  method: 'post',
  path: '/orders',
  operationId: 'createOrder',
  summary: 'Place an order',
  description: `All of it or nothing: stock is taken, the order is numbered and \`order.created\` is sent. Prices are those of
the catalogue unless \`pricing\` is \`customer\`. No mail is sent, and nobody's cart is touched.

Send an \`Idempotency-Key\`: an order whose answer was lost is then not placed twice.`,
  tags,
  ...needsWithBody('orders:write'),
  request: { headers: WriteHeaders, body: jsonBody(OrderRequest) },
  responses: {
    201: written(OrderDetailOut, 'The new order in full'),
    ...problems('orders:write', {
      validation: [
        'Invalid JSON body.',
        'customerId is required',
        'At least one item is required',
        'productId is required',
        'quantity must be a number',
        'quantity must be a whole number',
        'quantity must be at least 1',
        UNSTORABLE,
      ],
      not_found: ['Customer not found.', 'Product not found.'],
      ...WRITE,
      rule: [
        'This customer is blocked and cannot order.',
        'Widget Blue is no longer available.',
        'Not enough stock for Widget Blue. Only 3 available.',
        ...WRITE.rule,
      ],
      plan_limit: [LIMIT_REACHED],
    }),
  },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/orders/{id}',
  operationId: 'updateOrder',
  summary: 'Move an order on, or cancel it',
  description:
    'Every move is allowed but out of `CANCELLED`, which returns the stock, once. The customer is told by mail.',
  tags,
  ...needsWithBody('orders:write'),
  request: { params: IdParams, headers: PatchHeaders, body: jsonBody(OrderPatch) },
  responses: {
    200: written(OrderDetailOut, 'The order as it is now'),
    ...problems('orders:write', {
      validation: ['Invalid JSON body.', INVALID_STATUS],
      ...NOT_FOUND,
      ...PATCH,
      rule: ['A cancelled order cannot be changed.', ...PATCH.rule],
    }),
  },
});

export const orders = apiRouter()
  .openapi(listRoute, async (c) => {
    const { customerId, ...query } = c.req.valid('query');
    const customer = customerId === undefined ? undefined : idFrom('customer', customerId);
    const result = await listOrders(c.var.ctx, { ...query, customerId: customer });
    return c.json(page(OrderOut, result, orderOut), 200);
  })
  .openapi(getRoute, async (c) => {
    const order = await getOrder(c.var.ctx, idFrom('order', c.req.valid('param').id));
    setEtag(c, order);
    return c.json({ data: OrderDetailOut.parse(orderDetailOut(order)) }, 200);
  })
  .openapi(postRoute, async (c) => {
    const order = await placeApiOrder(c, c.req.valid('json'));
    setEtag(c, order);
    return c.json({ data: OrderDetailOut.parse(orderDetailOut(order)) }, 201);
  })
  .openapi(patchRoute, async (c) => {
    const id = idFrom('order', c.req.valid('param').id);
    const { status } = c.req.valid('json');
    const change = async () => (await changeOrderStatus(c.var.ctx, id, status, null)).order;
    const order = await guarded(c, { kind: 'order', id }, change, fromSnapshot<OrderWithLines>);
    setEtag(c, order);
    return c.json({ data: OrderDetailOut.parse(orderDetailOut(order)) }, 200);
  });
