import type { Cart, CartTotals } from '#src/cart/queries.ts';
import { formatMoney } from '#src/lib/money.ts';
import { countOf } from '#src/lib/format-number.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { Prose, Stack } from '../../views/layout.tsx';

type Props = { cart: Cart; checkout: string; currency: string };

/** What it comes to, and the way on. */
export function CartSummary({ cart: { lines, totals }, checkout, currency }: Props) {
  const problems = lines.filter(({ problem }) => problem !== null).length;
  return (
    <Card title="Summary">
      <Stack>
        <Totals totals={totals} currency={currency} />
        {problems > 0 && (
          <Prose>
            {countOf(problems, 'product')} cannot be ordered like this: change the quantity or
            remove {problems === 1 ? 'it' : 'them'}.
          </Prose>
        )}
        <Button variant="primary" href={checkout} iconAfter="arrow-right" wide>
          Check out
        </Button>
      </Stack>
    </Card>
  );
}

function Totals({ totals, currency }: { totals: CartTotals; currency: string }) {
  const { subtotalCents, taxRatePpm, taxCents, shippingCents, freeShippingFromCents } = totals;
  const missing = freeShippingFromCents === null ? 0 : freeShippingFromCents - subtotalCents;
  return (
    <dl class="totals">
      <dt>Subtotal</dt>
      <dd>{formatMoney(subtotalCents, currency)}</dd>
      <dt>Tax{taxRatePpm > 0 && ` (${taxRatePpm / 10_000}%)`}</dt>
      <dd>{formatMoney(taxCents, currency)}</dd>
      <dt>
        Shipping
        {shippingCents > 0 && missing > 0 && (
          <small>{formatMoney(missing, currency)} more ships free</small>
        )}
      </dt>
      <dd>{shippingCents === 0 ? 'Free' : formatMoney(shippingCents, currency)}</dd>
      <dt>Total</dt>
      <dd>{formatMoney(totals.totalCents, currency)}</dd>
    </dl>
  );
}
