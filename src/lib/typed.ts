import { z } from 'zod';
import { isStorable, UNSTORABLE } from './fields.ts';
import type { NumberProblem } from './read-number.ts';

const ONCE = 'Enter this once.';

/** A form's text that stands for something else, or a problem with it to show. */
export function typed<T extends object>(read: (text: string) => T | NumberProblem) {
  return z
    .string(ONCE)
    .refine(isStorable, { error: UNSTORABLE, abort: true })
    .transform((text, context): T => {
      const result = read(text);
      if (!('problem' in result)) return result;
      context.addIssue({ code: 'custom', message: result.problem });
      return z.NEVER;
    });
}

/** An amount as it was typed, with the currency that the form showed beside it; null = none. */
interface TypedAmount {
  text: string;
  currency: string | null;
}

/**
 * A form's amount, or a problem with it to show. A plain text is one without a currency beside it; `inCurrency` around the
 * form's schema gives it one.
 */
export function typedAmount<T extends object>(
  read: (text: string, currency: string | null) => T | NumberProblem,
) {
  return z
    .union([z.string(), z.object({ text: z.string(), currency: z.string() })], ONCE)
    .transform((sent): TypedAmount =>
      typeof sent === 'string' ? { text: sent, currency: null } : sent,
    )
    .refine(({ text }) => isStorable(text), { error: UNSTORABLE, abort: true })
    .transform(({ text, currency }, context): T => {
      const result = read(text, currency);
      if (!('problem' in result)) return result;
      context.addIssue({ code: 'custom', message: result.problem });
      return z.NEVER;
    });
}

/** The name of the hidden field that says in which currency the amount of this name is shown. */
export const currencyOf = (name: string) => `${name}-currency`;

/** A form's schema, with each `typedAmount` of it read in the currency that was shown beside its field. */
export function inCurrency<S extends z.ZodType>(schema: S) {
  return z.preprocess((sent) => {
    if (typeof sent !== 'object' || sent === null) return sent;
    const fields = new Map<string, unknown>(Object.entries(sent));
    for (const [name, text] of Object.entries(sent)) {
      const currency = shownCurrency(sent, name);
      if (typeof text === 'string' && currency !== null) fields.set(name, { text, currency });
    }
    return Object.fromEntries(fields);
  }, schema);
}

/** The currency that a form showed beside the field of this name; null = none. */
export function shownCurrency(sent: object, name: string): string | null {
  const currency: unknown = Reflect.get(sent, currencyOf(name));
  return typeof currency === 'string' && CURRENCY.test(currency) ? currency : null;
}

const CURRENCY = /^[A-Z]{3}$/;

/** A box of a form: what is sent is ticked. */
export const ticked = z
  .string()
  .optional()
  .transform((sent) => sent !== undefined);

/** A form's text of several lines: a browser sends every line break as two characters, whatever was in the field. */
export const lines = z
  .string(ONCE)
  .optional()
  .transform((sent): string | null | undefined => sent?.replaceAll(/\r\n?/g, '\n'));
