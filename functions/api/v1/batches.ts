import { createRoute } from '@hono/zod-openapi';
import { type Product } from '#src/catalog/queries.ts';
import { ProductOut, productOut } from '#src/catalog/product-out.ts';
import { ProductUpsert } from '#src/catalog/schema.ts';
import {
  productResults,
  readProducts,
  type UpsertedProduct,
  upsertProducts,
} from '#src/catalog/upsert-products.ts';
import { customerOut } from '#src/customers/queries.ts';
import { CustomerOut, CustomerUpsert } from '#src/customers/schema.ts';
import {
  customerResults,
  readCustomers,
  type UpsertedCustomer,
  upsertCustomers,
} from '#src/customers/upsert-customers.ts';
import { batchBody, batchOut, batchResult } from './batch.ts';
import { apiRouter, needsWithBody, WriteHeaders } from './contract.ts';
import { guarded } from './guarded.ts';
import { problems, WRITE } from './responses.ts';

const HOW = `Only the fields that are sent change. By default it is all or nothing, and a refusal names each item that is
wrong, as \`items.3.email\`. With \`"atomic": false\` each item is written or fails by itself, and the answer is 200 with
the error of each that failed.`;
const BAD_BATCH = [
  'Invalid JSON body.',
  'Send between 1 and 100 items.',
  'Atomic must be true or false.',
];

const customersRoute = createRoute({
  method: 'post',
  path: '/customers/batch',
  operationId: 'upsertCustomers',
  summary: 'Create or change many customers',
  description: `Up to 100 customers by email: those you have are changed, the others created. ${HOW}`,
  tags: ['Customers'],
  ...needsWithBody('customers:write'),
  request: { headers: WriteHeaders, body: batchBody('CustomerBatch', 'CustomerUpsert') },
  responses: {
    200: batchResult('CustomerResult', CustomerOut),
    ...problems('customers:write', {
      validation: [
        ...BAD_BATCH,
        'items.3.email: Invalid email address.',
        'items.3.email: Duplicate email: also in items.0.',
      ],
      ...WRITE,
      conflict: ['items.3.email: An account with this email already exists.', ...WRITE.conflict],
      plan_limit: ["Your plan's customer limit has been reached."],
    }),
  },
});

const productsRoute = createRoute({
  method: 'post',
  path: '/products/batch',
  operationId: 'upsertProducts',
  summary: 'Create or change many products',
  description: `Up to 100 products by SKU: those you have are changed, the others created; a new one needs a name, a price
and its stock. ${HOW}`,
  tags: ['Products'],
  ...needsWithBody('products:write'),
  request: { headers: WriteHeaders, body: batchBody('ProductBatch', 'ProductUpsert') },
  responses: {
    200: batchResult('ProductResult', ProductOut),
    ...problems('products:write', {
      validation: [
        ...BAD_BATCH,
        'items.3.sku: SKU is required.',
        'items.3.sku: Duplicate SKU: also in items.0.',
        'items.3.name: Name is required.',
      ],
      ...WRITE,
      plan_limit: ["Your plan's product limit has been reached."],
    }),
  },
});

const router = apiRouter();
// What the bodies' items are: no route has them as its own schema.
router.openAPIRegistry.register('CustomerUpsert', CustomerUpsert);
router.openAPIRegistry.register('ProductUpsert', ProductUpsert);

export const batches = router
  .openapi(customersRoute, async (c) => {
    const batch = readCustomers(c.req.valid('json'));
    const upsert = () => upsertCustomers(c.var.ctx, batch);
    const upserted = await guarded(c, 'answer', upsert, (kept) => kept as UpsertedCustomer[]);
    return c.json(batchOut(CustomerOut, customerResults(batch, upserted), customerOut), 200);
  })
  .openapi(productsRoute, async (c) => {
    const batch = readProducts(c.req.valid('json'));
    const upsert = () => upsertProducts(c.var.ctx, batch);
    const upserted = await guarded(c, 'answer', upsert, (kept) => kept as UpsertedProduct[]);
    const out = (row: Product) => productOut(row, c.var.ctx.origin);
    return c.json(batchOut(ProductOut, productResults(batch, upserted), out), 200);
  });
