/** IANA names; Intl leaves out UTC, which is where every company starts. */
export const TIME_ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];

// Units of account of institutions, which nobody sells in.
const NOT_MONEY = new Set(['XDR', 'XSU']);

function hasTwoDecimals(currency: string): boolean {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits === 2;
}

let currencies: readonly string[] | undefined;

/** ISO 4217 codes of the currencies with two decimals (decision 19). Asking Intl takes a while, so once and when needed. */
export function currencyCodes(): readonly string[] {
  currencies ??= Intl.supportedValuesOf('currency').filter(
    (code) => !NOT_MONEY.has(code) && hasTwoDecimals(code),
  );
  return currencies;
}
