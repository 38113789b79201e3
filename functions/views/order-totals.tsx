import { Money } from './money.tsx';

export type OrderTotalsProps = {
  subtotalCents: number;
  taxCents: number;
  shippingCents: number;
  totalCents: number;
  /** ISO 4217 code. */
  currency: string;
  /** In parts per million; said beside the tax. */
  taxRatePpm?: number;
};

/** What an order comes to, and how. */
export function OrderTotals(props: OrderTotalsProps) {
  const { currency, taxRatePpm = 0 } = props;
  const rows = [
    ['Subtotal', props.subtotalCents],
    [taxRatePpm > 0 ? `Tax (${taxRatePpm / 10_000}%)` : 'Tax', props.taxCents],
    ['Shipping', props.shippingCents],
    ['Total', props.totalCents],
  ] as const;
  return (
    <dl class="totals order-totals">
      {rows.map(([label, cents]) => (
        <>
          <dt>{label}</dt>
          <dd>
            <Money cents={cents} currency={currency} />
          </dd>
        </>
      ))}
    </dl>
  );
}
