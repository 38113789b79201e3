import { z } from 'zod';
import { type Id, idFrom, isId } from '#db/ids.ts';
import { NOTES_MAX, text } from '../lib/fields.ts';

export const QUANTITY_MAX = 99_999;
/** "Upper bounds" (decision 20). */
export const LINES_MAX = 500;
export const TOO_MANY_LINES = `An order can have at most ${LINES_MAX} lines.`;
export const PO_NUMBER_MAX = 50;

const QUANTITY = `Quantity must be a whole number from 1 to ${QUANTITY_MAX}.`;
export const quantity = z
  .number(QUANTITY)
  .int(QUANTITY)
  .min(1, QUANTITY)
  .max(QUANTITY_MAX, QUANTITY);

/** An id, or the one that no row has: of what is not there the database says so. */
const idOf = <K extends 'order' | 'product' | 'customer' | 'address'>(kind: K, message: string) =>
  z.custom<Id<K>>(
    (id) => typeof id === 'string' && (isId(kind, id) || id === idFrom(kind, '')),
    message,
  );

/** An optional text: empty is none. */
export const optional = (max: number, label: string) =>
  text(max, `${label} must be at most ${max} characters.`)
    .transform((value) => (value === '' ? null : value))
    .nullish()
    .transform((value) => value ?? null);

const part = (label: string) =>
  text(200, `${label} must be between 1 and 200 characters.`).pipe(
    z.string().min(1, `${label} must be between 1 and 200 characters.`),
  );

/** An address for one order alone. */
export const OneTimeAddress = z.object({
  label: text(100, 'Label must be at most 100 characters.'),
  line1: part('Address'),
  line2: optional(200, 'Address'),
  city: part('City'),
  region: optional(100, 'Region'),
  postalCode: optional(20, 'Postal code'),
  country: optional(100, 'Country'),
});

/** Where to: one of the customer's addresses, or one for this order alone. */
const Address = z.union([z.object({ id: idOf('address', 'Choose an address.') }), OneTimeAddress]);

const Line = z
  .object({
    productId: idOf('product', 'Product not found.').optional(),
    /** Which product instead; an id and a SKU may name the same one. */
    sku: z.string().optional(),
    quantity,
    /** The price the person was shown, in cents; null = any price is fine. */
    seenCents: z.number().int().nullable().default(null),
  })
  .refine(
    ({ productId, sku }) => productId !== undefined || sku !== undefined,
    'Product not found.',
  );

/** What it takes to place an order, whoever places it. */
export const OrderInput = z.object({
  /** Made when the form was rendered: whoever submits it twice places one order. */
  id: idOf('order', 'This form is not complete. Reload the page and try again.'),
  /** Whose order; at the storefront always one's own. */
  customerId: idOf('customer', 'Customer not found.').nullable().default(null),
  lines: z
    .array(Line)
    .min(1, 'An order needs at least one product.')
    .transform(sumDuplicates)
    .refine((lines) => lines.length <= LINES_MAX, { error: TOO_MANY_LINES, abort: true })
    .refine((lines) => lines.every((line) => line.quantity <= QUANTITY_MAX), QUANTITY),
  /** The total the person was shown, in cents; null = any. */
  seenTotalCents: z.number().int().nullable().default(null),
  address: Address.nullable().default(null),
  poNumber: optional(PO_NUMBER_MAX, 'PO number'),
  notes: optional(NOTES_MAX, 'Notes'),
  /** Whether the customer's own prices apply (decision 7). */
  pricing: z.enum(['customer', 'catalog']).default('customer'),
});
export type OrderInput = z.infer<typeof OrderInput>;

type Line = z.infer<typeof Line>;

/** The same product twice in one order is summed (decision 20); by id and by SKU, in the database. */
function sumDuplicates(lines: Line[]): Line[] {
  const byProduct = new Map<string, Line>();
  for (const line of lines) {
    const product = JSON.stringify([line.productId, line.sku]);
    const first = byProduct.get(product);
    byProduct.set(product, first ? { ...first, quantity: first.quantity + line.quantity } : line);
  }
  return [...byProduct.values()];
}
