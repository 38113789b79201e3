import type { Context } from 'hono';
import { AppError } from '#src/lib/errors.ts';
import type { AppEnv } from './app-env.ts';
import { htmlBytes } from './views/fitted.ts';
import type { FormValues } from './views/form.tsx';

/** Four of each row of a quick order, which is the form with most fields. */
export const FIELDS_MAX = 5_000;
/** Characters in all fields together: a page that shows them again stays small. */
const TEXT_MAX = 40_000;

/** Bytes that are left in a page for a text that it is about, and for what was typed into a form among other things. */
const PAGE_MAX = 250_000;
const VALUES_MAX = 50_000;

const LINE_FEED = 10;
const DASH = 45;
const AMPERSAND = 38;

type Entry = readonly [name: string, value: string | File];

/**
 * The fields of the posted form, or of the one that the log-in has carried here. They are counted before they are read, as
 * each costs more than its bytes; a body that is no form is an empty one.
 * @param all whether a field that is sent more than once is a list, or the last one counts
 * @throws AppError too_large
 */
export async function formBody(
  c: Context<AppEnv>,
  { all = false, textMax = TEXT_MAX } = {},
): Promise<Readonly<Record<string, unknown>>> {
  const entries = c.var.resumed?.fields ?? (await formEntries(c));
  let characters = 0;
  const body: Record<string, unknown> = Object.create(null);
  for (const [name, value] of entries) {
    if (typeof value === 'string') characters += value.length;
    const before = body[name];
    body[name] = all && before !== undefined ? [before, value].flat() : value;
  }
  if (characters > textMax) throw tooLarge();
  return body;
}

/**
 * Every field of the posted form with its value.
 * @throws AppError too_large
 */
export async function formEntries(c: Context<AppEnv>): Promise<readonly Entry[]> {
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  if (fieldsOf(bytes, c.req.header('Content-Type') ?? '') > FIELDS_MAX) throw tooLarge();
  const body = await c.req.parseBody({ all: true }).catch(() => ({}));
  return Object.entries<Entry[1] | Entry[1][]>(body).flatMap(([name, value]) =>
    [value].flat().map((item): Entry => [name, item]),
  );
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
  const entries = Object.entries(values);
  const kept = withoutLongest(entries, VALUES_MAX, ([, value]) =>
    htmlBytes([value].flat().join('')),
  );
  const names = new Set(kept.map(([name]) => name));
  const dropped = entries.filter(([name]) => !names.has(name)).map(([name]) => [name, '']);
  return { ...values, ...Object.fromEntries(dropped) };
}

/** The fields in their order, without the longest ones where all would take more than `max` bytes. */
export function withoutLongest<Field>(
  fields: readonly Field[],
  max: number,
  bytesOf: (field: Field) => number,
): Field[] {
  let left = max;
  const sized = fields.map((field) => ({ field, bytes: bytesOf(field) }));
  const kept = new Set(
    sized.toSorted((a, b) => a.bytes - b.bytes).filter(({ bytes }) => (left -= bytes) >= 0),
  );
  return sized.filter((each) => kept.has(each)).map(({ field }) => field);
}

function tooLarge(): AppError {
  return new AppError('too_large', 'This form holds more than it can be read with.');
}
