import { formatNumber } from '../lib/format-number.ts';

const SHOWN_CHARACTERS = 60;

/** The rule that was broken and the value that broke it, shortened. */
export function withValue(rule: string, value: string): string {
  const characters = Array.from(value.trim());
  const shown =
    characters.length > SHOWN_CHARACTERS
      ? `${characters.slice(0, SHOWN_CHARACTERS).join('')}…`
      : characters.join('');
  return `${rule} Found "${shown}".`;
}

/** The issue of a text longer than `max` characters (code points, as Postgres counts), or null. */
export function tooLong(text: string, max: number, label: string): string | null {
  if (text.length <= max) return null;
  const { length } = Array.from(text);
  if (length <= max) return null;
  return `${label} must be at most ${max} characters. Found ${formatNumber(length)}.`;
}
