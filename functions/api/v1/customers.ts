import { createRoute, z } from '@hono/zod-openapi';
import { idFrom } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { customerOut, getCustomer, listCustomers } from '#src/customers/queries.ts';
import {
  CUSTOMER_STATUSES,
  CustomerInput,
  CustomerOut,
  CustomerPatch,
} from '#src/customers/schema.ts';
import { updateCustomer } from '#src/customers/update-customer.ts';
import { UNSTORABLE } from '#src/lib/fields.ts';
import { ListQuery, apiRouter, jsonBody, needs, needsWithBody, page } from './contract.ts';
import { BODY, data, list, problems } from './responses.ts';

const tags = ['Customers'];
const IdParams = z.object({ id: z.string().meta({ example: 'cus_01k9h7m3v8e4nspb3s0h8x2v7q' }) });
const NOT_FOUND = { not_found: ['Customer not found.'] };
const BAD_FIELDS = [
  'Invalid JSON body.',
  'Name must be between 1 and 200 characters.',
  'Notes must be at most 2000 characters.',
  'Credit limit must be between 0 and 100000000.',
  'Tax rate override must be between 0 and 0.3.',
  'Invalid status.',
  UNSTORABLE,
];

const listRoute = createRoute({
  method: 'get',
  path: '/customers',
  operationId: 'listCustomers',
  summary: 'List customers',
  tags,
  ...needs('customers:read'),
  request: {
    query: ListQuery.extend({
      status: z.enum(CUSTOMER_STATUSES, 'Invalid status.').optional(),
      search: z
        .string('Send each query parameter only once.')
        .optional()
        .meta({ description: 'Case-insensitive substring of email or name.' }),
    }),
  },
  responses: {
    200: list(CustomerOut, 'A page of customers, newest first'),
    ...problems('customers:read', {
      validation: ['Invalid status.', 'Invalid cursor.', UNSTORABLE],
    }),
  },
});

const getRoute = createRoute({
  method: 'get',
  path: '/customers/{id}',
  operationId: 'getCustomer',
  summary: 'Fetch a customer',
  tags,
  ...needs('customers:read'),
  request: { params: IdParams },
  responses: { 200: data(CustomerOut, 'The customer'), ...problems('customers:read', NOT_FOUND) },
});

const postRoute = createRoute({
  method: 'post',
  path: '/customers',
  operationId: 'createCustomer',
  summary: 'Create a customer',
  description:
    'The customer starts without a password and with `emailVerified: false`. Send them to `/store/{slug}/reset` to set a password.',
  tags,
  ...needsWithBody('customers:write'),
  request: { body: jsonBody(CustomerInput) },
  responses: {
    201: data(CustomerOut, 'The new customer'),
    ...problems('customers:write', {
      validation: ['Email is required.', 'Invalid email address.', ...BAD_FIELDS],
      conflict: ['A customer with this email already exists.'],
      plan_limit: ["Your plan's customer limit has been reached."],
      ...BODY,
    }),
  },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/customers/{id}',
  operationId: 'updateCustomer',
  summary: 'Change a customer',
  description:
    'Send only what should change; `null` clears a field. The email cannot be changed. An empty object changes nothing.',
  tags,
  ...needsWithBody('customers:write'),
  request: { params: IdParams, body: jsonBody(CustomerPatch) },
  responses: {
    200: data(CustomerOut, 'The customer as it is now'),
    ...problems('customers:write', {
      validation: ['Email cannot be changed.', ...BAD_FIELDS],
      ...NOT_FOUND,
      ...BODY,
    }),
  },
});

export const customers = apiRouter()
  .openapi(listRoute, async (c) => {
    const { limit, cursor, status, search } = c.req.valid('query');
    const filter = { limit, cursor, status, search };
    const result = await listCustomers(c.var.ctx, { ...filter, sort: 'created', descending: true });
    return c.json(page(CustomerOut, result, customerOut), 200);
  })
  .openapi(getRoute, async (c) => {
    const customer = await getCustomer(c.var.ctx, idFrom('customer', c.req.valid('param').id));
    return c.json({ data: CustomerOut.parse(customerOut(customer)) }, 200);
  })
  .openapi(postRoute, async (c) => {
    const customer = await createCustomer(c.var.ctx, c.req.valid('json'));
    return c.json({ data: CustomerOut.parse(customerOut(customer)) }, 201);
  })
  .openapi(patchRoute, async (c) => {
    const id = idFrom('customer', c.req.valid('param').id);
    // Without a version to compare, nothing can have changed meanwhile.
    const result = await updateCustomer(c.var.ctx, id, c.req.valid('json'), null);
    const customer = result.ok ? result.customer : result.current;
    return c.json({ data: CustomerOut.parse(customerOut(customer)) }, 200);
  });
