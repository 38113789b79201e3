/**
 * The browser's storage, for the person who is signed in: the next person at the same browser, at this store or at
 * another, finds nothing of it, and finds their own again. `Own` ends with the tab; `Lasting` outlives it, and all tabs
 * share it.
 */
const person = document.getElementById('main')?.dataset['person'] ?? '';

export const ownKey = (name: string): string => `${person} ${name}`;

export const readOwn = (name: string): string | null => read(sessionStorage, name);

/** Keeps a text under this name; null forgets it. */
export const keepOwn = (name: string, text: string | null): void =>
  keep(sessionStorage, name, text);

export const readLasting = (name: string): string | null => read(localStorage, name);

/** Keeps a text under this name after the tab is closed; null forgets it. */
export const keepLasting = (name: string, text: string | null): void =>
  keep(localStorage, name, text);

const read = (storage: Storage, name: string) => storage.getItem(ownKey(name));

function keep(storage: Storage, name: string, text: string | null): void {
  if (text === null) storage.removeItem(ownKey(name));
  else storage.setItem(ownKey(name), text);
}
