import { base64url } from 'jose';

/** Where a page ended, as text for an address: what the list is sorted by, the last row's key and its id. */
export type Position = { sort: string; key: string; id: string };

export function encodeCursor({ sort, key, id }: Position): string {
  return base64url.encode(JSON.stringify([sort, key, id]));
}

/** The longest key is a name of 200 characters. */
const CURSOR_MAX = 4_000;

/** The position a cursor stands for, or null when it is none of ours. */
export function decodeCursor(cursor: string): Position | null {
  if (cursor.length > CURSOR_MAX) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const parts: unknown = JSON.parse(text.decode(base64url.decode(cursor)));
    if (!Array.isArray(parts) || parts.length !== 3) return null;
    const [sort, key, id] = parts;
    if (typeof sort !== 'string' || typeof key !== 'string' || typeof id !== 'string') return null;
    return { sort, key, id };
  } catch {
    return null;
  }
}
