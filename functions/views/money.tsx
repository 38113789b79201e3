const formats = new Map<string, Intl.NumberFormat>();

function formatFor(currency: string): Intl.NumberFormat {
  const known = formats.get(currency);
  if (known) return known;
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  // Currencies are few; the bound is for a caller who passes something else.
  if (formats.size < 200) formats.set(currency, format);
  return format;
}

/** An amount in minor units (cents) as text: `120050`, `USD` → `$1,200.50`. */
export function formatMoney(cents: number, currency: string): string {
  return formatFor(currency).format(cents / 100);
}

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
