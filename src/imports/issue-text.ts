import { formatNumber } from '../lib/format-number.ts';
import { shorten } from '../lib/shorten.ts';
import type { CellResult } from './import-description.ts';

const SHOWN_CHARACTERS = 60;

/** The rule that was broken and the value that broke it, shortened. */
export function withValue(rule: string, value: string): string {
  return `${rule} Found "${shorten(value.trim(), SHOWN_CHARACTERS)}".`;
}

/** The issue of a text longer than `max` characters (code points, as Postgres counts), or null. */
function tooLong(text: string, max: number, label: string): string | null {
  if (text.length <= max) return null;
  const { length } = Array.from(text);
  if (length <= max) return null;
  return `${label} must be at most ${max} characters. Found ${formatNumber(length)}.`;
}

/** A text of at most `max` characters as it is; blank is none. */
export function optionalText(text: string, max: number, label: string): CellResult<string | null> {
  const issue = tooLong(text, max, label);
  if (issue) return { issue };
  return { value: text.trim() === '' ? null : text };
}

/** A trimmed text of 1 to `max` characters. */
export function requiredText(cell: string, max: number, label: string): CellResult<string> {
  const text = cell.trim();
  const issue = text === '' ? `${label} is required.` : tooLong(text, max, label);
  return issue ? { issue } : { value: text };
}

/** A field's label within a sentence: `Email` → `email`, but `SKU` stays. */
export function labelInSentence(label: string): string {
  return label === label.toUpperCase() ? label : label.toLowerCase();
}
