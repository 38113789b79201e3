import { buyOf } from './fields.ts';

/**
 * Notes which control of a part has the focus. Call the answer with what has taken the part's place: the focus goes to the
 * same control, or else to the one that a person would use next, and never to the page as a whole.
 */
export function refocused(old: Element): (part: Element) => void {
  const had = document.activeElement;
  if (!(had instanceof HTMLElement) || !old.contains(had)) return () => {};
  const byKeyboard = had.matches(':focus-visible');
  const range = had instanceof HTMLInputElement ? [had.selectionStart, had.selectionEnd] : null;
  const product = buyOf(had)?.field.id;
  return (part) => {
    const next = same(had, part, product) ?? beside(part, byKeyboard) ?? after();
    next?.focus({ preventScroll: next.id === 'main' || next.matches('input, [data-step]') });
    if (range && next instanceof HTMLInputElement && next.id === had.id) {
      next.setSelectionRange(range[0] ?? null, range[1] ?? null);
    }
  };
}

/** The control that is what the old one was. */
function same(had: HTMLElement, part: Element, field: string | undefined): HTMLElement | null {
  const step = had.dataset['step'];
  const name = had.getAttribute('name');
  const value = had.getAttribute('value') ?? '';
  const found =
    (had.id && document.getElementById(had.id)) ||
    (step &&
      field &&
      buyOf(document.getElementById(field))?.box.querySelector(`[data-step="${step}"]`)) ||
    (name && part.querySelector(`button[name="${name}"][value="${value}"]`));
  return found instanceof HTMLElement && !found.matches(':disabled') ? found : null;
}

/** `Add` is gone: the field for the keyboard, the button for one more for fingers, which need no keyboard then. */
function beside(part: Element, byKeyboard: boolean): HTMLElement | null {
  const buy = buyOf(part);
  return byKeyboard
    ? (buy?.field ?? null)
    : (buy?.box.querySelector<HTMLElement>('[data-step="1"]') ?? null);
}

/** A line is gone, or the way on is closed. */
const after = () =>
  document.querySelector<HTMLElement>('#undo button') ??
  document.querySelector<HTMLElement>('#problems a') ??
  document.getElementById('main');
