/** Where a page ended, as text for an address: what the list is sorted by, the last row's key and its id. */
export type Position = { sort: string; key: string; id: string };

export function encodeCursor({ sort, key, id }: Position): string {
  const bytes = new TextEncoder().encode(JSON.stringify([sort, key, id]));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** The position a cursor stands for, or null when it is none of ours. */
export function decodeCursor(cursor: string): Position | null {
  try {
    const binary = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const parts: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
    );
    if (!Array.isArray(parts) || parts.length !== 3) return null;
    const [sort, key, id] = parts;
    if (typeof sort !== 'string' || typeof key !== 'string' || typeof id !== 'string') return null;
    return { sort, key, id };
  } catch {
    return null;
  }
}
