import { createRoute, z } from '@hono/zod-openapi';
import { idFrom, newId } from '#db/ids.ts';
import { createProduct } from '#src/catalog/create-product.ts';
import { ProductOut, productOut } from '#src/catalog/product-out.ts';
import { getProduct, type Product } from '#src/catalog/queries.ts';
import { ProductInput, ProductPatch } from '#src/catalog/schema.ts';
import { searchProducts } from '#src/catalog/search-products.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
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

const tags = ['Products'];
const IdParams = z.object({ id: z.string().meta({ example: 'prd_01k9h7m3v8e4nspb3s0h8x2v7q' }) });
const NOT_FOUND = { not_found: ['Product not found.'] };
const TAKEN = 'A product with this SKU already exists.';
const BAD_FIELDS = [
  'Invalid JSON body.',
  'Name is required.',
  'Name must be at most 200 characters.',
  'SKU must be at most 100 characters.',
  'Description must be at most 2000 characters.',
  'Category must be at most 100 characters.',
  'Unit is required.',
  'Unit must be at most 30 characters.',
  'Price is required.',
  'Price must be between 0 and 1,000,000.',
  'Price must have at most 2 decimal places.',
  'Stock is required.',
  'Stock must be a whole number from 0 to 1,000,000,000.',
  'Active must be true or false.',
  'Low-stock threshold must be a whole number from 0 to 1,000,000,000.',
  UNSTORABLE,
];

const listRoute = createRoute({
  method: 'get',
  path: '/products',
  operationId: 'listProducts',
  summary: 'List products',
  tags,
  ...needs('products:read'),
  request: {
    query: ListQuery.extend({
      category: words.meta({ description: 'Exactly this category.' }),
      search: words.meta({
        description: 'Case-insensitive substring of name, SKU or category.',
      }),
      active: z
        .enum(['true', 'false'], 'Active must be true or false.')
        .optional()
        .meta({ description: 'Whether your storefront shows it.' }),
    }),
  },
  responses: {
    200: list(ProductOut, 'A page of products, newest first'),
    ...problems('products:read', {
      validation: ['Active must be true or false.', 'Invalid cursor.', UNSTORABLE],
    }),
  },
});

const getRoute = createRoute({
  method: 'get',
  path: '/products/{id}',
  operationId: 'getProduct',
  summary: 'Fetch a product',
  description: 'Its `ETag` is another after every edit and every order.',
  tags,
  ...needs('products:read'),
  request: { params: IdParams },
  responses: {
    200: resource(ProductOut, 'The product'),
    ...problems('products:read', NOT_FOUND),
  },
});

const postRoute = createRoute({
  method: 'post',
  path: '/products',
  operationId: 'createProduct',
  summary: 'Create a product',
  tags,
  ...needsWithBody('products:write'),
  request: { headers: WriteHeaders, body: jsonBody(ProductInput) },
  responses: {
    201: written(ProductOut, 'The new product'),
    ...problems('products:write', {
      validation: BAD_FIELDS,
      ...WRITE,
      conflict: [TAKEN, ...WRITE.conflict],
      plan_limit: ["Your plan's product limit has been reached."],
    }),
  },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/products/{id}',
  operationId: 'updateProduct',
  summary: 'Change a product',
  description:
    'Send only what should change; `null` clears a field. `stock` replaces what is on hand: send `If-Match` to be sure that nobody has ordered meanwhile. An empty object changes nothing.',
  tags,
  ...needsWithBody('products:write'),
  request: { params: IdParams, headers: PatchHeaders, body: jsonBody(ProductPatch) },
  responses: {
    200: written(ProductOut, 'The product as it is now'),
    ...problems('products:write', {
      validation: BAD_FIELDS,
      ...NOT_FOUND,
      ...PATCH,
      conflict: [TAKEN, ...PATCH.conflict],
    }),
  },
});

export const products = apiRouter()
  .openapi(listRoute, async (c) => {
    const { limit, cursor, category, search, active } = c.req.valid('query');
    const filter = { limit, cursor, category, search, active: active && active === 'true' };
    const result = await searchProducts(c.var.ctx, filter);
    return c.json(
      page(ProductOut, result, (row) => productOut(row, c.var.ctx.origin)),
      200,
    );
  })
  .openapi(getRoute, async (c) => {
    const product = await getProduct(c.var.ctx, idFrom('product', c.req.valid('param').id));
    setEtag(c, product);
    return c.json({ data: ProductOut.parse(productOut(product, c.var.ctx.origin)) }, 200);
  })
  .openapi(postRoute, async (c) => {
    const id = newId('product');
    const create = () => createProduct(c.var.ctx, c.req.valid('json'), null, id);
    const product = await guarded(c, { kind: 'product', id }, create, fromSnapshot<Product>);
    setEtag(c, product);
    return c.json({ data: ProductOut.parse(productOut(product, c.var.ctx.origin)) }, 201);
  })
  .openapi(patchRoute, async (c) => {
    const id = idFrom('product', c.req.valid('param').id);
    const update = async () => {
      // What the caller saw is compared before (If-Match): by now nothing can have changed meanwhile.
      const result = await updateProduct(c.var.ctx, id, c.req.valid('json'), {});
      return result.ok ? result.product : result.current;
    };
    const product = await guarded(c, { kind: 'product', id }, update, fromSnapshot<Product>);
    setEtag(c, product);
    return c.json({ data: ProductOut.parse(productOut(product, c.var.ctx.origin)) }, 200);
  });
