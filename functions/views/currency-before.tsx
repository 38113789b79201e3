import { signOf } from '#src/lib/currency-sign.ts';

/** The sign of a field's currency, where the text begins: `$`, `CHF`. */
export function CurrencyBefore({ currency }: { currency: string }) {
  const sign = signOf(currency);
  return (
    <span class={sign.length > 1 ? 'input-before input-before-text' : 'input-before'}>{sign}</span>
  );
}
