import { createRoute, z } from '@hono/zod-openapi';
import { idFrom } from '#db/ids.ts';
import { UNSTORABLE } from '#src/lib/fields.ts';
import { listPrices } from '#src/prices/list-prices.ts';
import { CustomerPriceOut, customerPriceOut } from '#src/prices/price-out.ts';
import { putPrice } from '#src/prices/put-price.ts';
import { removePrice } from '#src/prices/remove-price.ts';
import { PriceInput } from '#src/prices/schema.ts';
import { ListQuery, apiRouter, jsonBody, needs, needsWithBody, page } from './contract.ts';
import { BODY, data, list, nothing, problems } from './responses.ts';

const tags = ['Customers'];
const id = z.string().meta({ example: 'cus_01k9h7m3v8e4nspb3s0h8x2v7q' });
const productId = z.string().meta({ example: 'prd_01k9h7m3v8e4nspb3s0h8x2v7q' });
const NOT_FOUND = { not_found: ['Customer not found.', 'Product not found.'] };

const listRoute = createRoute({
  method: 'get',
  path: '/customers/{id}/prices',
  operationId: 'listCustomerPrices',
  summary: "List a customer's own prices",
  description: 'The products this customer does not pay the catalogue price for, by name.',
  tags,
  ...needs('customers:read'),
  request: { params: z.object({ id }), query: ListQuery },
  responses: {
    200: list(CustomerPriceOut, "A page of the customer's own prices"),
    ...problems('customers:read', {
      validation: ['Invalid cursor.', UNSTORABLE],
      not_found: ['Customer not found.'],
    }),
  },
});

const putRoute = createRoute({
  method: 'put',
  path: '/customers/{id}/prices/{productId}',
  operationId: 'setCustomerPrice',
  summary: 'Set a price for a customer',
  description:
    'From now on the customer pays this for the product, whether it is more or less than the catalogue price.',
  tags,
  ...needsWithBody('customers:write'),
  request: { params: z.object({ id, productId }), body: jsonBody(PriceInput) },
  responses: {
    200: data(CustomerPriceOut, 'The price as it is now'),
    ...problems('customers:write', {
      validation: [
        'Invalid JSON body.',
        'Price is required.',
        'Price must be between 0 and 1,000,000.',
        'Price must have at most 2 decimal places.',
      ],
      ...NOT_FOUND,
      ...BODY,
    }),
  },
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/customers/{id}/prices/{productId}',
  operationId: 'removeCustomerPrice',
  summary: "Remove a customer's own price",
  description: 'The catalogue price applies again. A price that is not there is removed already.',
  tags,
  ...needs('customers:write'),
  request: { params: z.object({ id, productId }) },
  responses: {
    204: nothing('There is no price of their own any more'),
    ...problems('customers:write', NOT_FOUND),
  },
});

export const customerPrices = apiRouter()
  .openapi(listRoute, async (c) => {
    const customer = idFrom('customer', c.req.valid('param').id);
    const result = await listPrices(c.var.ctx, customer, c.req.valid('query'));
    return c.json(page(CustomerPriceOut, result, customerPriceOut), 200);
  })
  .openapi(putRoute, async (c) => {
    const params = c.req.valid('param');
    const customer = idFrom('customer', params.id);
    const product = idFrom('product', params.productId);
    const price = await putPrice(c.var.ctx, customer, product, c.req.valid('json'));
    return c.json({ data: CustomerPriceOut.parse(customerPriceOut(price)) }, 200);
  })
  .openapi(deleteRoute, async (c) => {
    const params = c.req.valid('param');
    await removePrice(
      c.var.ctx,
      idFrom('customer', params.id),
      idFrom('product', params.productId),
    );
    return c.body(null, 204);
  });
