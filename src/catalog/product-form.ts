import { z } from 'zod';
import { version } from '../lib/fields.ts';
import { amountText } from '../lib/money.ts';
import { inCurrency, lines, ticked, typed, typedAmount } from '../lib/typed.ts';
import { typedPrice } from './price.ts';
import type { Product } from './queries.ts';
import { ProductInput, ProductPatch } from './schema.ts';
import { typedUnits } from './stock.ts';

// A field that is not sent is empty.
const price = typedAmount(typedPrice).prefault('');
const stock = typed((text) => typedUnits(text, 'Stock'))
  .transform(({ units }) => units)
  .prefault('');
const threshold = typed((text) =>
  text.trim() === '' ? { units: null } : typedUnits(text, 'Low-stock threshold'),
)
  .transform(({ units }) => units)
  .prefault('');

/** The fields as browsers send them; what they become is what `ProductInput` takes. */
const Fields = z.object({
  name: ProductInput.shape.name,
  sku: ProductPatch.shape.sku,
  description: lines.pipe(ProductPatch.shape.description),
  category: ProductPatch.shape.category,
  unit: ProductInput.shape.unit,
  price: price.transform(({ cents }) => cents / 100),
  stock,
  lowStockThreshold: threshold,
  isActive: ticked,
});
type Fields = z.infer<typeof Fields>;

export const NewProductForm = inCurrency(Fields);

const shown = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'Not what the form was opened on.' });
      return z.NEVER;
    }
  })
  .pipe(Fields)
  .nullable()
  .catch(null);

/**
 * The edit form, with what its fields and the product's version were when it was opened. Only what was touched comes into
 * `patch`, so that nobody takes back what others change beside them.
 */
export const EditProductForm = inCurrency(
  Fields.extend({ shown, version, removeImage: ticked }).transform(
    ({ shown: before, version: seen, removeImage, ...sent }) => ({
      patch: before === null ? sent : touched(sent, before),
      seen: { version: seen, ...(before && { stock: before.stock }) },
      removeImage,
    }),
  ),
);
export type EditProductForm = z.infer<typeof EditProductForm>;

function touched(sent: Fields, before: Fields): Partial<Fields> {
  const fields = Object.keys(sent) as (keyof Fields)[];
  return Object.fromEntries(
    fields.filter((field) => sent[field] !== before[field]).map((field) => [field, sent[field]]),
  );
}

// No product has it, so whoever sends nothing of the kind changes nothing.
const seen = z.coerce.number().int().nonnegative().catch(-1);

/** The stock typed into the list, and the one that stood there. */
export const StockForm = z
  .object({ stock, seen })
  .transform((form) => ({ patch: { stock: form.stock }, seen: { stock: form.seen } }));

/** The price typed into the list, and the one that stood there, in cents. */
export const PriceForm = inCurrency(
  z.object({ price, seen }).transform((form) => ({
    patch: { price: form.price.cents / 100 },
    seen: { priceCents: form.seen },
  })),
);

/** What the form's fields show of a product, as text. */
export function shownFields(product: Product) {
  return {
    name: product.name,
    sku: product.sku ?? '',
    description: product.description ?? '',
    category: product.category ?? '',
    unit: product.unit,
    price: amountText(product.priceCents),
    stock: String(product.stock),
    lowStockThreshold: product.lowStockThreshold === null ? '' : String(product.lowStockThreshold),
    ...(product.active && { isActive: 'on' }),
  };
}

/** The unseen part of the form that is opened on this product. */
export function openedOn(product: Product) {
  return { version: product.version, shown: JSON.stringify(shownFields(product)) };
}
