import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { idFrom } from '#db/ids.ts';
import { BulkForm } from '#src/catalog/bulk-form.ts';
import { type BulkUpdateResult, bulkUpdateProducts } from '#src/catalog/bulk-update-products.ts';
import { PriceForm, StockForm } from '#src/catalog/product-form.ts';
import { productView } from '#src/catalog/product-list.ts';
import type { Product } from '#src/catalog/queries.ts';
import { updateProduct } from '#src/catalog/update-product.ts';
import { staffOf } from '#src/context.ts';
import { countOf, formatNumber } from '#src/lib/format-number.ts';
import { AppError } from '#src/lib/errors.ts';
import { decimalFromCents, formatMoney } from '#src/lib/money.ts';
import type { AppEnv } from '../../app-env.ts';
import { setFlash } from '../../flash.ts';
import { parseForm } from '../../parse-form.ts';
import { askedRow, RowSaved } from '../../views/in-place.tsx';
import { inlinePath, pageHref } from './paths.ts';
import { listPage, rowAnswer } from './list-page.tsx';
import type { InlineEdit } from './products-table.tsx';

/** `/dashboard/inventory`; all of its state lives in the address, also while something of it is edited. */
export const productsList = new Hono<AppEnv>()
  .get('/inventory', (c) => listPage(c, { edit: opened(c) }))
  .post('/inventory/bulk', async (c) => {
    const form = await parseForm(c, BulkForm);
    if (!form.ok) return listPage(c, { bulk: form }, 422);
    const { ids, action, change } = form.data;
    const result = await bulkUpdateProducts(c.var.ctx, ids, change);
    if (!result.ok) {
      const errors = { value: [tooMany(result, action === 'add')] };
      return listPage(c, { bulk: { values: form.values, errors } }, 409);
    }
    setFlash(c, { tone: 'success', text: outcome(result, ids.length) });
    return c.redirect(pageHref(productView(c.req.query())), 303);
  })
  .post('/inventory/:id/price', (c) => edit(c, 'price', PriceForm))
  .post('/inventory/:id/stock', (c) => edit(c, 'stock', StockForm))
  .post('/inventory/:id/active', (c) => setActive(c));

const productId = (c: Context<AppEnv>) => idFrom('product', c.req.param('id') ?? '');

/** The value that the address says is being edited. */
function opened(c: Context<AppEnv>): InlineEdit | undefined {
  const { edit: id = '', field } = c.req.query();
  if (field !== 'price' && field !== 'stock') return undefined;
  return { id: idFrom('product', id), field };
}

/** Saves one value of the list if it is still the one that was shown. */
async function edit(
  c: Context<AppEnv>,
  field: InlineEdit['field'],
  schema: typeof PriceForm | typeof StockForm,
): Promise<Response> {
  const id = productId(c);
  const form = await parseForm<z.ZodType<z.infer<typeof schema>>>(c, schema);
  const typed = String(form.values[field] ?? '');
  if (!form.ok) {
    const error = form.errors[field]?.join(' ');
    const seen = String(form.values['seen'] ?? '');
    return listPage(c, { edit: { id, field, typed, seen, error } }, 422);
  }
  const result = await updateProduct(c.var.ctx, id, form.data.patch, form.data.seen);
  const isRow = askedRow(c.req.header('HX-Target')) === id;
  if (!result.ok) {
    const is = valueOf(c, field, result.current);
    const error = `It is ${is} now: an order or somebody else has changed it. Save again to make it ${typed}.`;
    const again: InlineEdit = { id, field, typed, error };
    return isRow
      ? rowAnswer(c, result.current, { edit: again }, 409)
      : listPage(c, { edit: again }, 409);
  }
  const { product, changed } = result;
  const text = `${NAMES[field]} of ${product.name}: ${valueOf(c, field, product)}.`;
  if (isRow) {
    const saved = changed ? (
      <RowSaved
        text={`${NAMES[field]} saved. ${text}`}
        undo={undoOf(c, field, product, form.data)}
      />
    ) : (
      <RowSaved text={`No change. ${text}`} />
    );
    return rowAnswer(c, product, { saved });
  }
  setFlash(c, { tone: 'success', text });
  return c.redirect(pageHref(productView(c.req.query())), 303);
}

const NAMES = { price: 'Price', stock: 'Stock' };

/** Sets the former value again, unless the new one has changed since. */
function undoOf(
  c: Context<AppEnv>,
  field: InlineEdit['field'],
  { id, priceCents, stock }: Product,
  { seen }: { seen: { priceCents?: number; stock?: number } },
) {
  const { priceCents: formerPrice, stock: formerStock } = seen;
  const former = field === 'price' ? formerPrice : formerStock;
  if (former === undefined) return undefined;
  return {
    row: id,
    field,
    action: pageHref(productView(c.req.query()), {}, inlinePath(id, field)),
    fields: {
      seen: String(field === 'price' ? priceCents : stock),
      [field]: field === 'price' ? decimalFromCents(former) : String(former),
    },
  };
}

const ActiveForm = z.object({ active: z.enum(['true', 'false']) });

/** Shows a product in the storefront or hides it; sent again, it changes nothing. */
async function setActive(c: Context<AppEnv>): Promise<Response> {
  const id = productId(c);
  const form = await parseForm(c, ActiveForm);
  if (!form.ok) throw new AppError('validation', 'This form is not complete.');
  const result = await updateProduct(c.var.ctx, id, { isActive: form.data.active === 'true' }, {});
  const { product } = result.ok ? result : { product: result.current };
  const text = `${product.name} is ${product.active ? 'active' : 'inactive'}.`;
  if (askedRow(c.req.header('HX-Target')) === id) {
    return rowAnswer(c, product, { saved: <RowSaved text={text} /> });
  }
  setFlash(c, { tone: 'success', text });
  return c.redirect(pageHref(productView(c.req.query())), 303);
}

function valueOf(c: Context<AppEnv>, field: InlineEdit['field'], product: Product): string {
  return field === 'price'
    ? formatMoney(product.priceCents, staffOf(c.var.ctx).currency)
    : formatNumber(product.stock);
}

const NAMED = 5;

function tooMany({ products }: BulkUpdateResult & { ok: false }, added: boolean): string {
  const named = products
    .slice(0, NAMED)
    .map(({ name, stock }) => `${name} (${formatNumber(stock)})`);
  const more = products.length > NAMED ? ` and ${products.length - NAMED} more` : '';
  const limit = added ? 'rise above 1,000,000,000' : 'fall below 0';
  return `Nothing was changed, because the stock of these would ${limit}: ${named.join(', ')}${more}.`;
}

function outcome({ found, changed }: BulkUpdateResult & { ok: true }, asked: number): string {
  const gone = asked - found;
  return [
    `${countOf(changed, 'product')} changed.`,
    ...(found > changed ? [`${countOf(found - changed, 'product')} already as wanted.`] : []),
    ...(gone > 0 ? [`${countOf(gone, 'product')} deleted since.`] : []),
  ].join(' ');
}
