import { z } from 'zod';
import { type Id, idFrom } from '#db/ids.ts';
import { boundedArray } from '../lib/bounded-array.ts';
import { AppError } from '../lib/errors.ts';
import { isStorable, NOTES_MAX, text, UNSTORABLE } from '../lib/fields.ts';
import { notEnoughStock } from './not-enough-stock.ts';
import { ORDER_STATUS_NAMES } from './order-status.ts';
import type { LineProblem } from './place-order.ts';
import {
  LINES_MAX,
  OneTimeAddress,
  optional,
  PO_NUMBER_MAX,
  QUANTITY_MAX,
  TOO_MANY_LINES,
} from './schema.ts';

/** The words of "REST API", Orders, to the letter. */
const PRODUCT_REQUIRED = 'productId is required';
const ITEM_REQUIRED = 'At least one item is required';
export const INVALID_STATUS = 'Invalid order status.';

const name = (message: string) =>
  z.string(message).min(1, { error: message, abort: true }).refine(isStorable, UNSTORABLE);

const Item = z
  .object(
    {
      productId: name(PRODUCT_REQUIRED)
        .optional()
        .meta({ example: 'prd_01k9h7m3v8e4nspb3s0h8x2v7q' }),
      sku: name('sku must be a text that is not empty')
        .optional()
        .meta({ description: 'Instead of `productId`; upper and lower case differ.' }),
      quantity: z
        .number('quantity must be a number')
        .int({ error: 'quantity must be a whole number', abort: true })
        .min(1, 'quantity must be at least 1')
        .max(QUANTITY_MAX, `quantity must be at most ${QUANTITY_MAX}`)
        .meta({ example: 10 }),
    },
    PRODUCT_REQUIRED,
  )
  .refine(({ productId, sku }) => productId !== undefined || sku !== undefined, {
    error: PRODUCT_REQUIRED,
    path: ['productId'],
    // Said even where the quantity is wrong, too.
    when: ({ value }) => typeof value === 'object' && value !== null,
  })
  .refine(({ productId, sku }) => productId === undefined || sku === undefined, {
    error: 'Send productId or sku, not both',
    path: ['sku'],
  });

/** What `POST /api/v1/orders` takes. */
export const OrderRequest = z
  .object({
    customerId: name('customerId is required').meta({ example: 'cus_01k9h7m3v8e4nspb3s0h8x2v7q' }),
    items: boundedArray(Item, {
      min: 1,
      max: LINES_MAX,
      empty: ITEM_REQUIRED,
      long: TOO_MANY_LINES,
    }).meta({ description: 'The same product twice is summed.' }),
    poNumber: optional(PO_NUMBER_MAX, 'PO number').meta({ example: 'PO-12345' }),
    notes: optional(NOTES_MAX, 'Notes').meta({ example: 'Dock B before 11am.' }),
    shippingAddress: OneTimeAddress.extend({
      label: text(100, 'Label must be at most 100 characters.').default(''),
    })
      .nullish()
      .transform((address) => address ?? null),
    pricing: z
      .enum(['catalog', 'customer'], 'pricing must be "catalog" or "customer"')
      .default('catalog')
      .meta({ description: '`customer`: the prices that are set for this customer apply.' }),
  })
  .meta({ id: 'OrderInput' });
export type OrderRequest = z.infer<typeof OrderRequest>;

export const orderStatus = z.enum(ORDER_STATUS_NAMES, INVALID_STATUS);

/** What `PATCH /api/v1/orders/{id}` takes. */
export const OrderPatch = z
  .object({ status: orderStatus.meta({ example: 'SHIPPED' }) })
  .meta({ id: 'OrderPatch' });

/** What `placeOrder` is asked for. An id that is none becomes one that no row has. */
export function requestedOrder(request: OrderRequest, id: Id<'order'>): unknown {
  const { customerId, items, poNumber, notes, shippingAddress, pricing } = request;
  return {
    id,
    customerId: idFrom('customer', customerId),
    lines: items.map(({ productId, sku, quantity }) => ({
      quantity,
      ...(productId === undefined ? { sku } : { productId: idFrom('product', productId) }),
    })),
    address: shippingAddress,
    poNumber,
    notes,
    pricing,
  };
}

/** What is said of an order with lines that are gone or short: each of the items they came from is named. */
export function refusedRequest({ items }: OrderRequest, problems: LineProblem[]): AppError {
  const fields = items.flatMap(({ productId, sku }, index) => {
    const problem = problems.find((line) =>
      productId === undefined ? line.sku === sku : line.productId === idFrom('product', productId),
    );
    if (!problem) return [];
    const { message, about } = reason(problem);
    const named = productId === undefined ? 'sku' : 'productId';
    return [{ path: `items.${index}.${about ?? named}`, message }];
  });
  const missing = problems.some(({ name: known }) => known === null);
  const first = missing ? 'Product not found.' : (fields[0]?.message ?? 'Nothing was ordered.');
  return new AppError(missing ? 'not_found' : 'rule', first, fields);
}

function reason({ name: product, problem, available }: LineProblem): {
  message: string;
  about?: 'quantity';
} {
  if (product === null) return { message: 'Product not found.' };
  if (problem === 'gone') return { message: `${product} is no longer available.` };
  return { message: notEnoughStock(product, available), about: 'quantity' };
}
