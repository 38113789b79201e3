import { z } from 'zod';
import { isCommonPassword } from './common-passwords.ts';

/** Text Postgres can store (decision 21): no NUL, no lone surrogate. */
export const UNSTORABLE = 'Text contains characters that cannot be stored.';

export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** The text with what cannot be stored replaced by U+FFFD. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}

/** Characters as people and Postgres count them (code points), not UTF-16 units: an emoji is one. */
export function characters(text: string): number {
  return Array.from(text).length;
}

/** Counts characters only where the answer is open: each is one or two UTF-16 units. */
const atMost = (max: number) => (value: string) =>
  value.length <= max || (value.length <= 2 * max && characters(value) <= max);

/** Trimmed text that Postgres can store, at most `max` characters long. */
export function text(max: number, message: string) {
  return z
    .string(message)
    .refine(isStorable, UNSTORABLE)
    .transform((value) => value.trim())
    .pipe(z.string().refine(atMost(max), message).meta({ maxLength: max }));
}

export const EMAIL_MAX = 254;
/** An address with a top-level domain, as people type it: no display name, no quoted local part. */
const EMAIL =
  /^[^\s@<>"(),:;[\]\\]+@(?:[^\s@.<>"(),:;[\]\\]+\.)+[^\s@.<>"(),:;[\]\\\d-][^\s@.<>"(),:;[\]\\]+$/u;

/** An e-mail address: trimmed, lower-cased, with a top-level domain, at most 254 characters. */
export const email = z
  .string({
    error: (issue) => (issue.input == null ? 'Email is required.' : 'Invalid email address.'),
  })
  .refine(isStorable, UNSTORABLE)
  .transform((value) => value.trim().toLowerCase())
  .pipe(
    z
      .string()
      .min(1, { error: 'Email is required.', abort: true })
      .max(EMAIL_MAX, { error: 'Invalid email address.', abort: true })
      .regex(EMAIL, 'Invalid email address.'),
  );

export const NAME_MAX = 100;
/** The API accepts longer customer names than people are offered (decision 10). */
export const API_NAME_MAX = 200;
export const NOTES_MAX = 2000;
export const CREDIT_LIMIT_MAX_CENTS = 100_000_000_00;
export const TAX_RATE_MAX_PPM = 300_000;

const PASSWORD_MAX = 100;
const PASSWORD_LENGTH = `Password must be between 8 and ${PASSWORD_MAX} characters.`;
/** No password is longer, in UTF-16 units. Unicode normalisation takes time that grows with the square of the length. */
export const PASSWORD_MAX_UNITS = 2 * PASSWORD_MAX;

/**
 * A password people choose; no composition rules, but none of those that everybody tries first. Each check ends the
 * others: the last one normalises.
 */
export const newPassword = z
  .string({ error: PASSWORD_LENGTH })
  .max(PASSWORD_MAX_UNITS, { error: PASSWORD_LENGTH, abort: true })
  .refine(isStorable, { error: UNSTORABLE, abort: true })
  .refine((value) => characters(value) >= 8 && characters(value) <= PASSWORD_MAX, {
    error: PASSWORD_LENGTH,
    abort: true,
  })
  .refine(
    (value) => !isCommonPassword(value),
    'This password is too common. Please choose another one.',
  );

/** A password as it is typed to get in. One that nobody can have becomes empty, which is as wrong and costs as much. */
export const typedPassword = z
  .string()
  .transform((typed) => (typed.length <= PASSWORD_MAX_UNITS ? typed : ''));

/** A person's name. */
export const personName = text(NAME_MAX, 'Name must be between 2 and 100 characters.').pipe(
  z.string().min(2, 'Name must be between 2 and 100 characters.'),
);

/** The version of a row that an editor saw. Anything else becomes 0, which no row has. */
export const version = z.coerce.number().int().min(0).max(2_147_483_647).catch(0);

export const SLUG_MAX = 50;
const SLUG_LENGTH = `Slug must be between 2 and ${SLUG_MAX} characters.`;
/** The company's handle in storefront addresses. */
export const slug = z
  .string()
  .trim()
  .min(2, { error: SLUG_LENGTH, abort: true })
  .max(SLUG_MAX, { error: SLUG_LENGTH, abort: true })
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    'Storefront address may contain lower-case letters, digits and single dashes.',
  );
