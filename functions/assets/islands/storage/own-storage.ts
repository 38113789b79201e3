/**
 * The tab's storage, for the person who is signed in: who comes to the same tab next, at this store or at another, finds
 * nothing of it, and finds their own again.
 */
const person = document.getElementById('main')?.dataset['person'] ?? '';

const keyOf = (name: string) => `${person} ${name}`;

export const readOwn = (name: string): string | null => sessionStorage.getItem(keyOf(name));

/** Keeps a text under this name; null forgets it. */
export function keepOwn(name: string, text: string | null): void {
  if (text === null) sessionStorage.removeItem(keyOf(name));
  else sessionStorage.setItem(keyOf(name), text);
}
