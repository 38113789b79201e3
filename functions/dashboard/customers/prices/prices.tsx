import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { type Id, idFrom } from '#db/ids.ts';
import { staffOf } from '#src/context.ts';
import { EXCEL_FILE, isExcelFile } from '#src/lib/excel-file.ts';
import { countOf, formatNumber } from '#src/lib/format-number.ts';
import { importPrices } from '#src/prices/import-prices.ts';
import { getCustomerPrices, getOverride } from '#src/prices/price-page.ts';
import { type PriceOverride, priceView } from '#src/prices/queries.ts';
import { removePrice } from '#src/prices/remove-price.ts';
import { CustomerPriceForm } from '#src/prices/schema.ts';
import { setPrice, type SetPriceResult } from '#src/prices/set-price.ts';
import { decimalFromCents, formatMoney } from '#src/lib/money.ts';
import { shownCurrency } from '#src/lib/typed.ts';
import type { AppEnv } from '../../../app-env.ts';
import { setFlash } from '../../../flash.ts';
import { formBody, shownAgain } from '../../../form-body.ts';
import { parseForm } from '../../../parse-form.ts';
import { shortName } from '../../../views/fitted.ts';
import { askedRow, RowSaved } from '../../../views/in-place.tsx';
import { nameOf } from '../../../views/name-of.ts';
import { type QueryValues, queryHref } from '../../../views/query-href.ts';
import { dashboardPage } from '../../dashboard-page.tsx';
import { IN_PROFILE, pricePath, priceQuery, pricesPath, profilePath, rowPlace } from '../paths.ts';
import { customerId, profileWithPrice } from '../profile-answer.tsx';
import { PriceTable, type RefusedPrice } from './price-table.tsx';
import { PricesPage, type PricesProblem } from './prices-page.tsx';

/** Characters of a list that is pasted: 5,000 rows, with room for other columns. */
const LIST_TEXT_MAX = 300_000;

/**
 * `/dashboard/customers/{id}/prices`: what a customer pays instead of the catalogue's prices. The address of every form
 * says what was on show around it, in the query, and it is shown again whatever comes of the form.
 */
export const customerPrices = new Hono<AppEnv>()
  .get('/customers/:id/prices', (c) => pricesPage(c))
  .post('/customers/:id/prices/list', async (c) => {
    const body = await formBody(c, { textMax: LIST_TEXT_MAX });
    const { list, file } = body;
    const typed = typeof list === 'string' ? list : '';
    if (c.var.resumed) return pricesPage(c, { list: { list: shownAgain(typed), issues: [] } });
    const bytes =
      file instanceof File && file.size > 0
        ? new Uint8Array(await file.arrayBuffer())
        : new TextEncoder().encode(typed);
    if (isExcelFile(bytes)) {
      const problem = { list: shownAgain(typed), issues: [], fileProblem: EXCEL_FILE };
      return pricesPage(c, { list: problem }, 422);
    }
    const currency = shownCurrency(body, 'list');
    const result = await importPrices(c.var.ctx, customerId(c), bytes, currency);
    if (!result.ok)
      return pricesPage(c, { list: { list: shownAgain(typed), issues: result.issues } }, 422);
    const unchanged =
      result.unchanged > 0 ? ` ${formatNumber(result.unchanged)} were as in the list already.` : '';
    setFlash(c, { tone: 'success', text: `${countOf(result.set, 'price')} set.${unchanged}` });
    return back(c);
  })
  .post('/customers/:id/prices/:product', async (c) => {
    const form = await parseForm(c, CustomerPriceForm);
    const product = productId(c);
    const typed = String(form.values['price'] ?? '');
    if (!form.ok) {
      const missing = form.resumed ? 'Not saved yet.' : 'Price is required.';
      const message = form.errors['price']?.join(' ') ?? missing;
      const seen = String(form.values['seen'] ?? '');
      const price = { product, typed, message, seen };
      const row = isRow(c, product) ? await getOverride(c.var.ctx, customerId(c), product) : null;
      return row ? rowAnswer(c, row, { refused: price }, 422) : refused(c, price, 422);
    }
    const result = await setPrice(c.var.ctx, customerId(c), product, form.data);
    const row = isRow(c, product) ? result.current : null;
    if (!result.ok) {
      const price = { product, typed, message: changedSince(c, result) };
      return row ? rowAnswer(c, row, { refused: price }, 409) : refused(c, price, 409);
    }
    if (row) {
      return rowAnswer(c, row, {
        saved: savedPrice(c, row, result.changed ? form.data.seen : null),
      });
    }
    setFlash(
      c,
      result.changed
        ? { tone: 'success', text: 'The price is saved.' }
        : { tone: 'info', text: 'No change.' },
    );
    return back(c);
  })
  .post('/customers/:id/prices/:product/remove', async (c) => {
    const removed = await removePrice(c.var.ctx, customerId(c), productId(c));
    setFlash(
      c,
      removed
        ? { tone: 'success', text: 'The custom price is removed: the default price applies.' }
        : { tone: 'info', text: 'There was no custom price any more.' },
    );
    return back(c);
  });

function productId(c: Context<AppEnv>): Id<'product'> {
  return idFrom('product', c.req.param('product') ?? '');
}

function isInProfile(c: Context<AppEnv>): boolean {
  return c.req.query('in') === IN_PROFILE.in;
}

/** To what was on show around the form. */
function back(c: Context<AppEnv>): Response {
  const id = customerId(c);
  const href = isInProfile(c)
    ? profilePath(id)
    : queryHref(pricesPath(id), priceQuery(priceView(c.req.query())));
  return c.redirect(href, 303);
}

/** Whether htmx asks for the row of this price alone. */
function isRow(c: Context<AppEnv>, product: Id<'product'>): boolean {
  return askedRow(c.req.header('HX-Target')) === product;
}

type RowState = { refused?: RefusedPrice; saved?: Child };

function rowAnswer(
  c: Context<AppEnv>,
  price: PriceOverride,
  { refused: problem, saved }: RowState,
  status: 200 | 409 | 422 = 200,
) {
  const { currency } = staffOf(c.var.ctx);
  const table = { customer: customerId(c), prices: [price], currency, place: placeOf(c) };
  return c.html(
    <>
      <PriceTable {...table} refused={problem} />
      {saved}
    </>,
    status,
  );
}

/** Says that a price is saved, and offers the former one, unless nothing was changed. */
function savedPrice(
  c: Context<AppEnv>,
  { productId: product, name, ownCents }: PriceOverride,
  former: number | null,
) {
  const price = `Price of ${shortName(name)}: ${formatMoney(ownCents, staffOf(c.var.ctx).currency)}.`;
  if (former === null) return <RowSaved text={`No change. ${price}`} />;
  const action = queryHref(pricePath(customerId(c), product), placeOf(c));
  const fields = { price: decimalFromCents(former), seen: String(ownCents) };
  return (
    <RowSaved
      text={`Price saved. ${price}`}
      undo={{ row: product, field: 'price', action, fields }}
    />
  );
}

/** What was on show around the form, as the addresses of its rows have it. */
function placeOf(c: Context<AppEnv>): QueryValues {
  return isInProfile(c) ? IN_PROFILE : rowPlace(priceView(c.req.query()));
}

function changedSince(c: Context<AppEnv>, { current }: SetPriceResult & { ok: false }): string {
  if (current === null) {
    return 'Someone else removed this price. Add it to set it again.';
  }
  const now = formatMoney(current.ownCents, staffOf(c.var.ctx).currency);
  return `Someone else set this price to ${now}. Saving again replaces theirs.`;
}

/** A price that is not in the profile any more is shown with all others. */
async function refused(c: Context<AppEnv>, price: RefusedPrice, status: 409 | 422) {
  // A row that is gone has no answer of its own: the page takes its place.
  if (isRow(c, price.product)) {
    c.header('HX-Retarget', '#main');
    c.header('HX-Reselect', '#main');
  }
  const profile = isInProfile(c) ? await profileWithPrice(c, price, status) : null;
  return profile ?? pricesPage(c, { price }, status);
}

async function pricesPage(
  c: Context<AppEnv>,
  problem: PricesProblem = {},
  status: 200 | 409 | 422 = 200,
) {
  const { ctx } = c.var;
  const view = priceView(c.req.query());
  const prices = await getCustomerPrices(ctx, customerId(c), view, problem.price?.product);
  return dashboardPage(
    c,
    { title: `Prices for ${nameOf(prices.customer)}`, scripts: ['htmx', 'sheet'], status },
    <PricesPage prices={prices} view={view} currency={staffOf(ctx).currency} problem={problem} />,
  );
}
