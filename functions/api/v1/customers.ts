import { createRoute, z } from '@hono/zod-openapi';
import { idFrom, newId } from '#db/ids.ts';
import { createCustomer } from '#src/customers/create-customer.ts';
import { type Customer, customerOut, getCustomer, listCustomers } from '#src/customers/queries.ts';
import {
  CUSTOMER_STATUSES,
  CustomerInput,
  CustomerOut,
  CustomerPatch,
} from '#src/customers/schema.ts';
import { updateCustomer } from '#src/customers/update-customer.ts';
import { UNSTORABLE } from '#src/lib/fields.ts';
import { fromSnapshot } from '#src/lib/snapshot.ts';
import {
  ListQuery,
  PatchHeaders,
  WriteHeaders,
  apiRouter,
  jsonBody,
  needs,
  needsWithBody,
  page,
  words,
} from './contract.ts';
import { guarded, setEtag } from './guarded.ts';
import { PATCH, WRITE, list, problems, resource, written } from './responses.ts';

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
      search: words.meta({ description: 'Case-insensitive substring of email or name.' }),
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
  responses: {
    200: resource(CustomerOut, 'The customer'),
    ...problems('customers:read', NOT_FOUND),
  },
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
  request: { headers: WriteHeaders, body: jsonBody(CustomerInput) },
  responses: {
    201: written(CustomerOut, 'The new customer'),
    ...problems('customers:write', {
      validation: ['Email is required.', 'Invalid email address.', ...BAD_FIELDS],
      ...WRITE,
      conflict: ['A customer with this email already exists.', ...WRITE.conflict],
      plan_limit: ["Your plan's customer limit has been reached."],
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
  request: { params: IdParams, headers: PatchHeaders, body: jsonBody(CustomerPatch) },
  responses: {
    200: written(CustomerOut, 'The customer as it is now'),
    ...problems('customers:write', {
      validation: ['Email cannot be changed.', ...BAD_FIELDS],
      ...NOT_FOUND,
      ...PATCH,
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
    setEtag(c, customer);
    return c.json({ data: CustomerOut.parse(customerOut(customer)) }, 200);
  })
  .openapi(postRoute, async (c) => {
    const id = newId('customer');
    const create = () => createCustomer(c.var.ctx, c.req.valid('json'), id);
    const customer = await guarded(c, { kind: 'customer', id }, create, fromSnapshot<Customer>);
    setEtag(c, customer);
    return c.json({ data: CustomerOut.parse(customerOut(customer)) }, 201);
  })
  .openapi(patchRoute, async (c) => {
    const id = idFrom('customer', c.req.valid('param').id);
    const update = async () => {
      // What the caller saw is compared before (If-Match): by now nothing can have changed meanwhile.
      const result = await updateCustomer(c.var.ctx, id, c.req.valid('json'), null);
      return result.ok ? result.customer : result.current;
    };
    const customer = await guarded(c, { kind: 'customer', id }, update, fromSnapshot<Customer>);
    setEtag(c, customer);
    return c.json({ data: CustomerOut.parse(customerOut(customer)) }, 200);
  });
