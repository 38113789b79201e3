import { percentFromPpm } from '#src/companies/tax-rate.ts';
import { Money } from './money.tsx';

type OrderTotalsProps = {
  subtotalCents: number;
  taxCents: number;
  shippingCents: number;
  totalCents: number;
  /** ISO 4217 code. */
  currency: string;
  /** In parts per million; said beside the tax. */
  taxRatePpm?: number;
  /** The subtotal from which delivering is free, of what can still be added to; null = never. */
  freeShippingFromCents?: number | null;
};

/** What an order comes to, and how. */
export function OrderTotals(props: OrderTotalsProps) {
  const { subtotalCents, taxRatePpm = 0, taxCents, shippingCents, totalCents, currency } = props;
  return (
    <dl class="totals order-totals">
      <dt>Subtotal</dt>
      <dd>
        <Money cents={subtotalCents} currency={currency} />
      </dd>
      <dt>{taxRatePpm > 0 ? `Tax (${percentFromPpm(taxRatePpm)}%)` : 'Tax'}</dt>
      <dd>
        <Money cents={taxCents} currency={currency} />
      </dd>
      <dt>
        Shipping
        <MoreShipsFree {...props} />
      </dt>
      <dd>{shippingCents === 0 ? 'Free' : <Money cents={shippingCents} currency={currency} />}</dd>
      <dt>Total</dt>
      <dd>
        <Money cents={totalCents} currency={currency} />
      </dd>
    </dl>
  );
}

function MoreShipsFree(props: OrderTotalsProps) {
  const { subtotalCents, shippingCents, freeShippingFromCents, currency } = props;
  const missing = (freeShippingFromCents ?? 0) - subtotalCents;
  if (shippingCents === 0 || missing <= 0) return null;
  return (
    <small>
      <Money cents={missing} currency={currency} /> more ships free
    </small>
  );
}
