import type { Context } from 'hono';
import { AppError } from '#src/lib/errors.ts';
import type { AppEnv } from './app-env.ts';
import { htmlBytes } from './views/fitted.ts';
import type { FormValues } from './views/form.tsx';

/** Four of each row of a quick order, which is the form with most fields. */
const FIELDS_MAX = 5_000;
/** Characters in all fields together: a page that shows them again stays small. */
const TEXT_MAX = 40_000;

/** Bytes that are left in a page for a text that it is about, and for what was typed into a form among other things. */
const PAGE_MAX = 250_000;
const VALUES_MAX = 50_000;

const LINE_FEED = 10;
const DASH = 45;
const AMPERSAND = 38;

/**
 * The fields of the posted form. They are counted before they are read, as each costs more than its bytes; a body that is
 * no form is an empty one.
 * @param all whether a field that is sent more than once is a list, or the last one counts
 * @throws AppError too_large
 */
export async function formBody(
  c: Context<AppEnv>,
  { all = false, textMax = TEXT_MAX } = {},
): Promise<Readonly<Record<string, unknown>>> {
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  if (fieldsOf(bytes, c.req.header('Content-Type') ?? '') > FIELDS_MAX) throw tooLarge();
  const body: Record<string, unknown> = await c.req.parseBody({ all }).catch(() => ({}));
  let characters = 0;
  for (const value of Object.values(body).flat()) {
    if (typeof value === 'string') characters += value.length;
  }
  if (characters > textMax) throw tooLarge();
  return body;
}

/** How many fields there are at most: what divides them, and one more. */
function fieldsOf(bytes: Uint8Array, contentType: string): number {
  const boundary = /^multipart\/form-data\b.*;\s*boundary="?([^";]+)/i.exec(contentType)?.[1];
  return boundary === undefined ? countOf(bytes, AMPERSAND) : partsOf(bytes, boundary);
}

function countOf(bytes: Uint8Array, divider: number): number {
  let count = 1;
  for (let at = bytes.indexOf(divider); at !== -1; at = bytes.indexOf(divider, at + 1)) count += 1;
  return count;
}

/** Every part begins with a line of its own: two dashes and the boundary. */
function partsOf(bytes: Uint8Array, boundary: string): number {
  const line = [DASH, DASH, ...new TextEncoder().encode(boundary)];
  let count = 1;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) {
    if (line.every((byte, index) => bytes[at + 1 + index] === byte)) count += 1;
  }
  return count;
}

/** A long text as a page shows it again: nothing of one whose HTML would be larger than a page is. */
export function shownAgain(text: string): string {
  return htmlBytes(text) <= PAGE_MAX ? text : '';
}

/** What was typed as a page shows it again: without the longest fields where all would make it larger than a page is. */
export function valuesShownAgain(values: FormValues): FormValues {
  const sized = Object.entries(values).map(([name, value]) => {
    const texts = Array.isArray(value) ? value : [value ?? ''];
    return { name, bytes: htmlBytes(texts.join('')) };
  });
  let left = VALUES_MAX;
  const dropped = sized
    .toSorted((a, b) => a.bytes - b.bytes)
    .filter(({ bytes }) => (left -= bytes) < 0)
    .map(({ name }) => [name, ''] as const);
  return { ...values, ...Object.fromEntries(dropped) };
}

function tooLarge(): AppError {
  return new AppError('too_large', 'This form holds more than it can be read with.');
}
