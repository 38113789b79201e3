type Display = 'symbol' | 'narrowSymbol';

/** What amounts in this currency begin with, as `formatMoney` writes them: `USD` → `$`, `CHF` → `CHF`. */
export function signOf(currency: string): string {
  return shown(currency, 'symbol');
}

/** Whether people write this beside an amount in this currency: `$`, `USD`, `usd` and `US$` are all of `USD`. */
export function isSignOf(sign: string, currency: string): boolean {
  const narrow = shown(currency, 'narrowSymbol');
  const spellings = [currency, signOf(currency), narrow];
  // C$ and CA$ are of CAD: a sign that many currencies share has their country before it.
  if (SYMBOL.test(narrow))
    spellings.push(currency.slice(0, 1) + narrow, currency.slice(0, 2) + narrow);
  return spellings.some((spelling) => spelling.toLowerCase() === sign.toLowerCase());
}

/** Whether this is the sign or the code of any currency: `€`, `EUR`, `C$`. */
export function isCurrencySign(sign: string): boolean {
  return (
    SYMBOL.test(sign) || (CODE.test(sign) && Intl.supportedValuesOf('currency').includes(sign))
  );
}

const SYMBOL = /\p{Sc}/u;
const CODE = /^[A-Z]{3}$/;

function shown(currency: string, currencyDisplay: Display): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency, currencyDisplay });
  return format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency;
}
