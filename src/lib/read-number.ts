import { isCurrencySign, isSignOf } from './currency-sign.ts';
import { formatNumber } from './format-number.ts';

/** Reads the sign of any currency, where it is not known yet which one is right. */
export const ANY_CURRENCY = Symbol('any currency');

/** What a field takes. Its numbers are counted in its smallest unit, such as cents, so that none is ever rounded. */
export interface NumberField {
  label: string;
  /** Decimal places of the smallest unit: 2 for cents, 0 for whole numbers. */
  decimals: number;
  /** In smallest units; the least is 0 where it is not said. */
  min?: number;
  max: number;
  /** Said of a number beyond the two. */
  range: string;
  /** Said of a text that is no number, with an example. */
  noNumber: string;
  /** The currency that amounts are in, null where the form does not say; left out where the field is no amount. */
  currency?: string | typeof ANY_CURRENCY | null;
  isPercent?: boolean;
}

/** A problem that asks which of several numbers is meant is a question. */
export type NumberProblem = { problem: string; isQuestion?: true };

type ReadNumber = { value: number } | NumberProblem;

/**
 * Reads a number as people type it into a form, in the field's smallest unit: with a sign or code of the currency,
 * separators of thousands, blanks, `%`, full-width digits. A text with one meaning is read, one with several is asked
 * about, and anything else is refused. Nothing is rounded or left out.
 */
export function readNumber(typed: string, field: NumberField): ReadNumber {
  const text = folded(typed);
  if (text === '') return { problem: `${field.label} is required.` };
  const { figures, signs, isNegative } = undressed(text, field);
  const readings = readingsOf(figures, field.decimals);
  const [first] = readings;
  if (!first) return { problem: field.noNumber };
  const wrong = signs.map((sign) => signProblem(sign, field)).find((problem) => problem !== null);
  if (wrong !== undefined) return { problem: wrong };
  if (isNegative) return { problem: field.range };
  const ours = readings.find(({ isOurs }) => isOurs);
  const value = valueOf(ours ?? first, field);
  if (ours && 'value' in value) return readings.length > 1 ? asked(readings) : value;
  const possible = readings.filter((reading) => 'value' in valueOf(reading, field));
  if (possible.length === 0) return value;
  return ours && 'problem' in value
    ? { ...asked(possible), problem: `${value.problem} ${asked(possible).problem}` }
    : asked(possible);
}

/** Decimal digits, and whether they are written as our pages write numbers: `1,200.50`. */
interface Reading {
  whole: string;
  fraction: string;
  isOurs: boolean;
}

/** A longer text is no number. */
const LONGEST = 500;

/** Plain characters for those that keyboards and spreadsheets put in their place; all kinds of blanks are one. */
function folded(text: string): string {
  return text
    .replaceAll('\uFFE5', '¥')
    .replaceAll('\uFFE1', '£')
    .replaceAll(/[\uFF01-\uFF5E]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, '')
    .replaceAll(/[’‘ʼ]/gu, "'")
    .replaceAll('\u2212', '-')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

const BEFORE = /^([+-]?) ?((?:[\p{L}\p{Sc}]{1,6}\.?)?) ?([+-]?) ?/u;
const SIGN_BEHIND = / ?([\p{L}\p{Sc}]{1,6}\.?)$/u;
const PERCENT_BEHIND = / ?%$/u;

/** The figures alone, and what stood around them. */
function undressed(text: string, { isPercent = false }: NumberField) {
  if (text.length > LONGEST) return { figures: '', signs: [], isNegative: false };
  const [dress = '', first = '', sign = '', second = ''] = BEFORE.exec(text) ?? [];
  const rest = text.slice(dress.length);
  const [behind = '', signBehind = ''] =
    (isPercent ? PERCENT_BEHIND : SIGN_BEHIND).exec(rest) ?? [];
  return {
    // Two signs, as in --5, are a slip.
    figures: first && second ? '' : rest.slice(0, rest.length - behind.length),
    signs: [sign, signBehind].filter((mark) => mark !== ''),
    isNegative: first === '-' || second === '-',
  };
}

function signProblem(sign: string, { label, currency, noNumber }: NumberField): string | null {
  if (typeof currency === 'string' && isSignOf(sign, currency)) return null;
  if (currency === undefined || !isCurrencySign(sign)) return noNumber;
  if (currency === ANY_CURRENCY) return null;
  return currency === null
    ? `${label} must be a number without a currency sign, like 12.50.`
    : `${label} must be in ${currency}, not ${sign}. Enter an amount like 12.50.`;
}

const PLAIN = /^(\d*)(?:\.(\d*))?$/;
const GROUPED = /^([1-9]\d{0,2}(?:(?:,\d{3})+|(?: \d{3})+|(?:'\d{3})+))(?:\.(\d*))?$/;
/** The digits before a comma or a dot that may divide thousands. */
const GROUP = /^[1-9]\d{0,2}$/;
const COMMA = /^(\d*),(\d+)$/;
const BLANK = /^(\d+) (\d{1,2})$/;
const EUROPEAN = /^(\d{1,3}(?:(?:\.\d{3})+|(?: \d{3})+|(?:'\d{3})+)),(\d+)$/;
const DOTS = /^(\d{1,3}(?:\.\d{3}){2,})$/;
const MISGROUPED = /^(\d+(?:[, ']\d+)+)(?:\.(\d*))?$/;

/** Every number that these figures can mean to somebody. */
function readingsOf(figures: string, decimals: number): Reading[] {
  const as = (isOurs: boolean, [, whole = '', fraction = '']: readonly string[]): Reading => ({
    whole: whole.replaceAll(/\D/gu, ''),
    fraction,
    isOurs,
  });
  const joined = ({ whole, fraction }: Reading): Reading => as(false, ['', whole + fraction]);
  if (!/\d/u.test(figures)) return [];
  const plain = PLAIN.exec(figures);
  if (plain) {
    const decimal = as(true, plain);
    const mayBeThousands = GROUP.test(decimal.whole) && decimal.fraction.length === 3;
    return mayBeThousands && decimals < 3 ? [joined(decimal), decimal] : [decimal];
  }
  const comma = COMMA.exec(figures);
  const grouped = GROUPED.exec(figures);
  if (grouped) {
    // A comma with three digits behind it divides thousands (decision 40), where they are not beyond the field.
    const decimal = comma && decimals >= 3 ? [as(false, comma)] : [];
    return [as(true, grouped), ...decimal];
  }
  const two = comma ?? BLANK.exec(figures);
  if (two) {
    const decimal = as(false, two);
    const mayBeJoined = !comma || decimal.fraction.length === 3;
    return mayBeJoined ? [joined(decimal), decimal] : [decimal];
  }
  const other = EUROPEAN.exec(figures) ?? DOTS.exec(figures) ?? MISGROUPED.exec(figures);
  return other ? [as(false, other)] : [];
}

/** The reading in the field's smallest unit, or what is wrong with it. */
function valueOf({ whole, fraction }: Reading, field: NumberField): ReadNumber {
  const { decimals, min = 0, max, range } = field;
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0');
  const value = Number(whole + kept);
  if (value < min || value > max) return { problem: range };
  if (/[1-9]/u.test(fraction.slice(decimals))) {
    const places =
      decimals === 0 ? range : `${field.label} must have at most ${decimals} decimal places.`;
    return { problem: places };
  }
  return { value };
}

/** Asks which of the readings is meant, each in a spelling that is read. */
function asked(readings: readonly Reading[]): NumberProblem {
  const question = `Did you mean ${readings.map(inOurSpelling).join(' or ')}?`;
  const [first, ...others] = readings;
  const isPoint = first?.isOurs === false && first.fraction !== '' && others.length === 0;
  const problem = isPoint ? `${question} Use a dot for decimals.` : question;
  return { problem, isQuestion: true };
}

function inOurSpelling({ whole, fraction }: Reading): string {
  const figures = formatNumber(Number(whole));
  if (fraction === '') return figures;
  const digits = fraction.replace(/0+$/u, '');
  return `${figures}.${digits.length < 2 ? digits.padEnd(2, '0') : digits}`;
}
