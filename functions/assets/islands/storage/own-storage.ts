/**
 * The browser's storage, for the person who is signed in: the next person at the same browser, at this store or at
 * another, finds nothing of it, and finds their own again. `Own` ends with the tab; `Lasting` outlives it, and all tabs
 * share it.
 */
export const person = document.getElementById('main')?.dataset['person'] ?? '';

export const ownKey = (name: string): string => `${person} ${name}`;

export const readOwn = (name: string): string | null => read(() => sessionStorage, name);

/** Keeps a text under this name; null forgets it. */
export const keepOwn = (name: string, text: string | null): void =>
  keep(() => sessionStorage, name, text);

export const readLasting = (name: string): string | null => read(() => localStorage, name);

/** Keeps a text under this name after the tab is closed; null forgets it. */
export const keepLasting = (name: string, text: string | null): void =>
  keep(() => localStorage, name, text);

/** The items of a list that was kept as JSON; what is no item is left out. */
export function listIn<Item>(text: string | null, isItem: (item: unknown) => item is Item): Item[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? kept.filter(isItem) : [];
  } catch {
    return [];
  }
}

/** What a browser without storage, or with a full one, keeps as long as the page is there. */
const inMemory = new Map<string, string>();

function read(storage: () => Storage, name: string): string | null {
  const key = ownKey(name);
  try {
    return inMemory.get(key) ?? storage().getItem(key);
  } catch {
    return inMemory.get(key) ?? null;
  }
}

function keep(storage: () => Storage, name: string, text: string | null): void {
  const key = ownKey(name);
  inMemory.delete(key);
  try {
    if (text === null) storage().removeItem(key);
    else storage().setItem(key, text);
  } catch {
    if (text !== null) inMemory.set(key, text);
  }
}
