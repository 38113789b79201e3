import type { Id } from '#db/ids.ts';
import type { Cart, CartLine } from '#src/cart/queries.ts';
import type { CheckoutForm } from '#src/orders/checkout-form.ts';

/** What has changed since a page was shown, and what stands in the way of ordering. */
export interface CheckoutState {
  /** Lines that cannot be ordered as they are. */
  problems: CartLine[];
  prices: ReadonlyMap<Id<'product'>, number>;
  /** The total that was shown, where it is another one now; in cents. */
  oldTotalCents: number | null;
  /** The cart does not hold what was shown. */
  otherCart: boolean;
}

/** Compares what a form showed, if there is one, with the cart of this moment. */
export function checkoutState({ lines, totals }: Cart, form: CheckoutForm | null): CheckoutState {
  const problems = lines.filter(({ problem }) => problem !== null);
  const seen = new Map(form?.line.map((line) => [line.productId, line]));
  const prices = new Map<Id<'product'>, number>();
  for (const { productId, priceCents } of lines) {
    const { seenCents = priceCents } = seen.get(productId) ?? {};
    if (seenCents !== priceCents) prices.set(productId, seenCents);
  }
  const same = lines.filter((line) => seen.get(line.productId)?.quantity === line.quantity);
  const { seenTotal = null } = form ?? {};
  return {
    problems,
    prices,
    oldTotalCents: seenTotal === totals.totalCents ? null : seenTotal,
    otherCart: form !== null && (same.length !== lines.length || seen.size !== lines.length),
  };
}
