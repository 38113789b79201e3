import { html } from 'hono/html';
import { formatMoney } from '#src/lib/money.ts';

type PriceProps = {
  priceCents: number;
  /** The catalogue's price, struck through where the customer pays less ("Prices"). */
  listCents: number;
  currency: string;
  /** What the price is for: `case`. */
  unit?: string;
};

/** What a customer pays for one of a product. */
export function Price({ priceCents, listCents, currency, unit }: PriceProps) {
  const list =
    listCents > priceCents &&
    html`<del><span class="sr-only">List price </span>${formatMoney(listCents, currency)}</del>`;
  const price = formatMoney(priceCents, currency);
  return html`<span class="price"
    >${list}<strong>${price}</strong>${unit !== undefined && html`<small>${unit}</small>`}</span
  >`;
}
