import { keepOwn, readOwn } from '../storage/own-storage.ts';
import { buys } from './fields.ts';
import { waiting } from './outbox.ts';

/** How it stands with what was changed; `failed` = the server did not take it, and is asked again. */
export type SaveState = 'saved' | 'saving' | 'offline' | 'failed';

const NOTES: Record<SaveState, string> = {
  saved: 'Saving…',
  saving: 'Saving…',
  offline: 'Not saved: no connection. We will save it when you are back online.',
  failed: 'Not saved yet. We will try again.',
};
const NOT_ADDED = 'Not saved: no connection. We will add it when you are back online.';

/** Says at each line whether it is saved. */
export function showStates(state: SaveState): void {
  const entries = waiting();
  for (const { box, product } of buys()) {
    const isWaiting = entries.has(product);
    const isAdded = box.querySelector('[name=add]') !== null;
    const text = state === 'offline' && isAdded ? NOT_ADDED : NOTES[state];
    const note = box.querySelector('.save-note');
    if (note) say(note, isWaiting ? text : '');
    if (isWaiting)
      box.dataset['unsaved'] = state === 'offline' || state === 'failed' ? 'no' : 'yet';
    else delete box.dataset['unsaved'];
  }
  if (entries.size === 0) sayBelow('');
}

/** A text that stays the same is not read out again. */
function say(region: Element, text: string): void {
  if (region.textContent !== text) region.textContent = text;
}

const bar = document.createElement('div');
bar.className = 'save-bar';
bar.setAttribute('role', 'status');
document.getElementById('main')?.append(bar);

const LATER = 'not-saved';
/** What stays below where nothing else is said. */
let lasting = readOwn(LATER) ?? '';
keepOwn(LATER, null);

/** Says something about the page as a whole, at the lower edge of the window. */
export const sayBelow = (text: string): void => say(bar, text || lasting);

/** Says it on this page and on the next one. */
export function sayLasting(text: string): void {
  lasting = text;
  keepOwn(LATER, text);
  sayBelow('');
}
