import { formatMoney } from '#src/lib/money.ts';

/** An amount in minor units; `none` stands for no amount at all. */
export function Money({
  cents,
  currency,
  none = '—',
}: {
  cents: number | null;
  currency: string;
  none?: string;
}) {
  return <>{cents === null ? none : formatMoney(cents, currency)}</>;
}
