import { draft, isUndecided, isUnsaved, keptForm, save, saveLater, send } from './save.ts';
import { htmxRequest } from './swapped.ts';

/** Saves all there is before it does what was asked for; the page stays where saving failed. */
function afterSaving(event: Event, go: () => void): void {
  event.preventDefault();
  event.stopImmediatePropagation();
  void saveAll().then((isKept) => isKept && go());
}

async function saveAll(): Promise<boolean> {
  do await (htmxRequest() ?? save());
  while (isUnsaved() && draft.failures === 0 && !isUndecided());
  return !isUnsaved();
}

document.addEventListener(
  'submit',
  (event) => {
    const { target: form, submitter } = event;
    if (!(form instanceof HTMLFormElement) || form.method === 'dialog') return;
    if (form.matches('[data-keep]')) sendAfter(event, form, submitter);
    else if (form.action.endsWith('/discard')) {
      saveLater();
      draft.saved = draft.typed;
    } else if (isUnsaved() && draft.failures === 0 && !isUndecided()) {
      afterSaving(event, () => form.requestSubmit(submitter));
    }
  },
  true,
);

/** Sends the form once what is on its way is answered, so that nothing older arrives after it. */
function sendAfter(event: Event, form: HTMLFormElement, submitter: HTMLElement | null): void {
  saveLater();
  const before = draft.flight ?? htmxRequest();
  if (!before) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { name, value } =
    submitter instanceof HTMLButtonElement ? submitter : { name: '', value: '' };
  // An order that is placed twice may show new prices in between.
  if (name === 'placeOrder' && htmxRequest()) return;
  void before.then(() => {
    if (isUndecided() || draft.isSent) return;
    // The swap may have made another button of the one that was pressed.
    const button = document.createElement('button');
    Object.assign(button, { name, value, hidden: true });
    form.append(button);
    form.requestSubmit(button);
    button.remove();
  });
}

document.addEventListener(
  'click',
  (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link?.href || !isPlain || link.target === '_blank' || link.hasAttribute('download'))
      return;
    if (link.getAttribute('href')?.startsWith('#')) return;
    if (isUndecided()) {
      // The question's own link answers it.
      if (link.closest('form[data-keep]')) draft.saved = draft.typed;
      return;
    }
    if ((isUnsaved() || draft.flight || htmxRequest()) && draft.failures === 0) {
      afterSaving(event, () => location.assign(link.href));
    }
  },
  true,
);

/** Where nothing could be saved, the browser asks. */
window.addEventListener('beforeunload', (event) => {
  if (!isUnsaved()) return;
  if (draft.failures > 0 || isUndecided()) event.preventDefault();
  else void save();
});
window.addEventListener('pagehide', () => {
  const form = keptForm();
  if (form && isUnsaved() && !isUndecided()) void send(form);
});
document.addEventListener('visibilitychange', () => {
  if (document.hidden && isUnsaved()) void save();
});
window.addEventListener('online', () => {
  if (isUnsaved()) void save();
});
