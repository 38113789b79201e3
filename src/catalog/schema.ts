import { z } from 'zod';
import { NOTES_MAX, text } from '../lib/fields.ts';
import { PRICE_MAX_CENTS, PRICE_RANGE } from './price.ts';
import { STOCK_MAX, unitsProblem } from './stock.ts';

export const PRODUCT_NAME_MAX = 200;
export const SKU_MAX = 100;
export const CATEGORY_MAX = 100;
export const UNIT_MAX = 30;
export const DESCRIPTION_MAX = NOTES_MAX;

/** What the form offers; files and the API may name any other ("Products"). */
export const UNITS = [
  'each',
  'case',
  'pallet',
  'box',
  'bag',
  'roll',
  'sheet',
  'lb',
  'oz',
  'kg',
  'L',
  'mL',
] as const;

const atMost = (label: string, max: number) => `${label} must be at most ${max} characters.`;

const required = (max: number, label: string) =>
  z
    .unknown()
    .refine((value) => value != null, { error: `${label} is required.`, abort: true })
    .pipe(text(max, atMost(label, max)))
    .pipe(z.string().min(1, `${label} is required.`));

/** Empty is none, however it is sent. */
const optional = (max: number, label: string) =>
  text(max, atMost(label, max))
    .nullable()
    .transform((value) => value || null);

const units = (label: string) =>
  z
    .number({
      error: (issue) => (issue.input == null ? `${label} is required.` : unitsProblem(label)),
    })
    .int({ error: unitsProblem(label), abort: true })
    .min(0, unitsProblem(label))
    .max(STOCK_MAX, unitsProblem(label));

const isInCents = (value: number) => Number(value.toFixed(2)) === value;

const name = required(PRODUCT_NAME_MAX, 'Name').meta({
  type: 'string',
  minLength: 1,
  maxLength: PRODUCT_NAME_MAX,
  example: 'Widget Blue',
});
const SKU = {
  maxLength: SKU_MAX,
  description: 'Case-sensitive, unique within your company.',
  example: 'WDG-001',
};
const sku = optional(SKU_MAX, 'SKU').meta(SKU);
const description = optional(DESCRIPTION_MAX, 'Description').meta({ maxLength: DESCRIPTION_MAX });
const category = optional(CATEGORY_MAX, 'Category').meta({
  maxLength: CATEGORY_MAX,
  example: 'Widgets',
});
const unit = required(UNIT_MAX, 'Unit').meta({
  type: 'string',
  minLength: 1,
  maxLength: UNIT_MAX,
  example: 'each',
});
const price = z
  .number({ error: (issue) => (issue.input == null ? 'Price is required.' : PRICE_RANGE) })
  .min(0, PRICE_RANGE)
  .max(PRICE_MAX_CENTS / 100, PRICE_RANGE)
  .refine(isInCents, 'Price must have at most 2 decimal places.')
  .meta({ description: 'At most 2 decimal places.', example: 8.5 });
const stock = units('Stock').meta({ description: 'Units on hand.', example: 120 });
const isActive = z
  .boolean('Active must be true or false.')
  .meta({ description: 'Whether your storefront shows it.', example: true });
const lowStockThreshold = units('Low-stock threshold').nullable().meta({
  description: "What its stock has to fall to for a warning; null means your company's threshold.",
  example: null,
});

/** A new product. Its price is a decimal number. */
export const ProductInput = z
  .object({
    name,
    sku: sku.optional(),
    description: description.optional(),
    category: category.optional(),
    unit: unit.default('each'),
    price,
    stock,
    isActive: isActive.default(true),
    lowStockThreshold: lowStockThreshold.optional(),
  })
  .meta({ id: 'ProductInput' });
export type ProductInput = z.infer<typeof ProductInput>;

/** A change of a product: only what is sent changes, `null` clears. */
export const ProductPatch = z
  .object({
    name: name.optional(),
    sku: sku.optional(),
    description: description.optional(),
    category: category.optional(),
    unit: unit.optional(),
    price: price.optional(),
    stock: stock.optional(),
    isActive: isActive.optional(),
    lowStockThreshold: lowStockThreshold.optional(),
  })
  .meta({ id: 'ProductPatch' });
export type ProductPatch = z.infer<typeof ProductPatch>;

/** One product of a batch: what has this SKU gets the fields that are sent, anything else is new. */
export const ProductUpsert = z
  .object(
    {
      ...ProductPatch.shape,
      sku: required(SKU_MAX, 'SKU').meta({ ...SKU, type: 'string', minLength: 1 }),
    },
    'Each item must be an object.',
  )
  .meta({ id: 'ProductUpsert' });
export type ProductUpsert = z.infer<typeof ProductUpsert>;

/** How products can be ordered: `created` is when they were added. */
export const PRODUCT_SORTS = ['name', 'price', 'stock', 'created'] as const;
export type ProductSort = (typeof PRODUCT_SORTS)[number];
