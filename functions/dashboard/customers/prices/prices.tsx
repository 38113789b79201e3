import { type Context, Hono } from 'hono';
import { type Id, idFrom } from '#db/ids.ts';
import { staffOf } from '#src/context.ts';
import { countOf, formatNumber } from '#src/lib/format-number.ts';
import { importPrices } from '#src/prices/import-prices.ts';
import { getCustomerPrices } from '#src/prices/price-page.ts';
import { priceView } from '#src/prices/queries.ts';
import { removePrice } from '#src/prices/remove-price.ts';
import { PriceForm } from '#src/prices/schema.ts';
import { setPrice, type SetPriceResult } from '#src/prices/set-price.ts';
import { formatMoney } from '#src/lib/money.ts';
import type { AppEnv } from '../../../app-env.ts';
import { setFlash } from '../../../flash.ts';
import { parseForm } from '../../../parse-form.ts';
import { queryHref } from '../../../views/query-href.ts';
import { dashboardPage } from '../../dashboard-page.tsx';
import { nameOf, pricesPath } from '../addresses.ts';
import { customerId } from '../profile-answer.tsx';
import type { RefusedList } from './add-prices.tsx';
import type { RefusedPrice } from './price-table.tsx';
import { PricesPage } from './prices-page.tsx';

/** `/dashboard/customers/{id}/prices`: what a customer pays instead of the catalogue's prices. */
export const customerPrices = new Hono<AppEnv>()
  .get('/customers/:id/prices', (c) => show(c))
  .post('/customers/:id/prices/list', async (c) => {
    const body = await c.req.parseBody().catch(() => null);
    const list = body?.['list'];
    const file = body?.['file'];
    const typed = typeof list === 'string' ? list : '';
    const bytes =
      file instanceof File && file.size > 0
        ? new Uint8Array(await file.arrayBuffer())
        : new TextEncoder().encode(typed);
    const result = await importPrices(c.var.ctx, customerId(c), bytes);
    if (!result.ok) return show(c, { list: { list: typed, issues: result.issues } }, 422);
    const unchanged =
      result.unchanged > 0 ? ` ${formatNumber(result.unchanged)} were as in the list already.` : '';
    setFlash(c, { tone: 'success', text: `${countOf(result.set, 'price')} set.${unchanged}` });
    return c.redirect(pricesPath(customerId(c)), 303);
  })
  .post('/customers/:id/prices/:product', async (c) => {
    const form = await parseForm(c, PriceForm);
    const typed = String((form.ok ? undefined : form.values['price']) ?? '');
    if (!form.ok) return refused(c, typed, form.errors['price']?.[0] ?? 'Price is required.');
    const result = await setPrice(c.var.ctx, customerId(c), productId(c), form.data);
    if (!result.ok) return refused(c, String(form.data.price / 100), meanwhile(c, result), 409);
    setFlash(
      c,
      result.changed
        ? { tone: 'success', text: 'The price is saved.' }
        : { tone: 'info', text: 'The price was that already, so nothing was saved.' },
    );
    return c.redirect(pricesPath(customerId(c)), 303);
  })
  .post('/customers/:id/prices/:product/remove', async (c) => {
    const removed = await removePrice(c.var.ctx, customerId(c), productId(c));
    setFlash(
      c,
      removed
        ? { tone: 'success', text: 'The custom price is removed: the default price applies.' }
        : { tone: 'info', text: 'There was no custom price any more.' },
    );
    return c.redirect(pricesPath(customerId(c)), 303);
  });

function productId(c: Context<AppEnv>): Id<'product'> {
  return idFrom('product', c.req.param('product') ?? '');
}

function meanwhile(c: Context<AppEnv>, result: SetPriceResult & { ok: false }): string {
  const { currentCents } = result;
  const now =
    currentCents === null
      ? 'removed this price'
      : `set this price to ${formatMoney(currentCents, staffOf(c.var.ctx).currency)}`;
  return `Somebody else has ${now} since you opened the page. Saving again replaces theirs.`;
}

type Problem = { price?: RefusedPrice; list?: RefusedList };

function refused(c: Context<AppEnv>, typed: string, message: string, status: 409 | 422 = 422) {
  return show(c, { price: { product: productId(c), typed, message } }, status);
}

async function show(c: Context<AppEnv>, problem: Problem = {}, status: 200 | 409 | 422 = 200) {
  const { ctx } = c.var;
  const id = customerId(c);
  const view = priceView(c.req.query());
  const prices = await getCustomerPrices(ctx, id, view);
  return dashboardPage(
    c,
    { title: `Prices for ${nameOf(prices.customer)}`, scripts: ['htmx'], status },
    <PricesPage
      prices={prices}
      view={view}
      currency={staffOf(ctx).currency}
      nextHref={
        prices.page.hasMore && prices.page.last
          ? queryHref(pricesPath(id), { q: view.search }, { after: prices.page.last })
          : undefined
      }
      problem={problem}
    />,
  );
}
