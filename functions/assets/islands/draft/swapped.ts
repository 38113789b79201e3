import {
  changed,
  draft,
  isUndecided,
  isUnsaved,
  keptForm,
  saveAgain,
  saveLater,
  saveSoon,
  say,
} from './save.ts';

/** What htmx does with the form: its answer replaces all of it, and knows nothing of what is typed after it was sent. */

/** The request of htmx that is on its way. */
let request: Promise<void> | null = null;
let answered = () => {};
/** What is typed while it is, by the field's id. */
const typedSince = new Map<string, string>();
let typedBefore = 0;
/** What had the focus when the form was sent, and when its answer came. */
let pressed: Element | null = null;
let focused: Element | null = null;

export const htmxRequest = (): Promise<void> | null => request;

const isKept = (event: Event) =>
  event.target instanceof Element && event.target.matches('[data-keep]');

document.addEventListener('input', (event) => {
  const field = event.target;
  if (
    !(
      field instanceof HTMLInputElement ||
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement
    )
  )
    return;
  if (!field.form?.matches('[data-keep]')) return;
  if (field.id) typedSince.set(field.id, field.value);
  // A search is no part of the draft.
  if (field.name.startsWith('find')) return;
  changed();
  if (!isUndecided()) saveSoon();
});

document.addEventListener('htmx:before:request', (event) => {
  if (!isKept(event)) return;
  saveLater();
  draft.isSent = true;
  pressed = document.activeElement;
  request = new Promise((resolve) => (answered = resolve));
  typedBefore = draft.typed;
  typedSince.clear();
});
document.addEventListener('htmx:finally:request', (event) => {
  if (!isKept(event)) return;
  draft.isSent = false;
  request = null;
  answered();
  if (isUnsaved() && draft.failures === 0 && !isUndecided()) saveSoon();
});
document.addEventListener('htmx:before:swap', (event) => {
  if (isKept(event)) focused = document.activeElement;
});
document.addEventListener('htmx:after:swap', (event) => {
  if (!isKept(event)) return;
  draft.failures = 0;
  for (const [id, value] of typedSince) {
    const field = document.getElementById(id);
    if (field && 'value' in field) field.value = value;
  }
  if (!isUndecided()) draft.saved = typedBefore;
  const isTypingOn = focused !== pressed && focused?.matches('input, textarea, select');
  if (isTypingOn && focused instanceof HTMLElement && focused.isConnected) return focused.focus();
  const next = keptForm()?.querySelector<HTMLInputElement>('[autofocus]');
  next?.focus();
  if (next?.type === 'text') next.select();
});

const REASONS = {
  'htmx:error': 'Not saved: no connection',
  'form:refused': 'Not saved: the server did not take it',
};
for (const [name, reason] of Object.entries(REASONS)) {
  document.addEventListener(name, (event) => {
    if (!isKept(event)) return;
    say(reason);
    changed();
    saveAgain();
  });
}
