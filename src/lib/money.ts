const DECIMAL = /^\d{1,15}(?:\.\d{1,2})?$/;

/**
 * Minor units of a decimal amount, or null when the text is not exactly that: digits, and at most two decimals after
 * a dot. `$1,200.50` and `1 200,50` are not guessed at ("Importing customers from CSV").
 */
export function centsFromDecimal(text: string): number | null {
  const trimmed = text.trim();
  if (!DECIMAL.test(trimmed)) return null;
  const [whole = '', fraction = ''] = trimmed.split('.');
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

/** The shortest decimal text of an amount in minor units: 120050 → `1200.50`, 120000 → `1200`. */
export function decimalFromCents(cents: number): string {
  return cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
}

/** An amount in minor units as the fields of forms show it: 120000 → `1200.00`. */
export function amountText(cents: number): string {
  return (cents / 100).toFixed(2);
}

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

/** An amount in minor units in a few letters, for an axis: `400000`, `USD` → `$4K`. */
export function formatMoneyShort(cents: number, currency: string): string {
  const options = { style: 'currency', currency, notation: 'compact' } as const;
  return new Intl.NumberFormat('en-US', options).format(cents / 100);
}
