import { refusedField } from './fields.ts';
import { waiting } from './outbox.ts';
import { home } from './post.ts';
import { sayBelow } from './save-notes.ts';
import { flush } from './sender.ts';

/** Where a held tap leads; a later tap takes its place. */
let next: (() => void) | null = null;
/** Nothing can be saved before the next log-in: forms are posted as they are. */
let isSignedOut = false;

/** Leaves the page once all is saved, so that the next one shows what was typed. Otherwise it stays and says why. */
export async function hold(go: () => void): Promise<void> {
  const isHeld = next !== null;
  next = go;
  if (isHeld) return;
  const refused = refusedField();
  if (waiting().size > 0) sayBelow('Saving your changes…');
  const outcome = await flush();
  const then = next;
  next = null;
  if (outcome === 'ended') {
    isSignedOut = true;
    return then();
  }
  if (outcome !== 'saved') return sayBelow(REASONS[outcome]);
  sayBelow('');
  const field = refusedField();
  if (field && field !== refused) field.focus();
  else then();
}

const REASONS = {
  offline: 'No connection: your last changes are not saved. Try again when you are back online.',
  failed: 'Your last changes are not saved yet. Try again in a moment.',
};

document.addEventListener(
  'click',
  (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || !leadsOn(link, event) || waiting().size === 0) return;
    event.preventDefault();
    void hold(() => location.assign(link.href));
  },
  true,
);

/** Whether it replaces this page by another one of the store. */
function leadsOn(link: HTMLAnchorElement, event: MouseEvent): boolean {
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const isHere = link.pathname === location.pathname && link.search === location.search;
  const isOwn = link.origin === location.origin && `${link.pathname}/`.startsWith(`${home()}/`);
  return isPlain && isOwn && !link.target && !link.download && !(isHere && link.hash);
}

document.addEventListener(
  'submit',
  (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || isSignedOut || !(form instanceof HTMLFormElement)) return;
    if (form.id === 'cart-form') {
      event.preventDefault();
      void hold(checkOut);
    } else if (form.method === 'post' && form.id !== 'checkout-form' && waiting().size > 0) {
      // It has not been sent yet: nothing else may take it for that.
      event.preventDefault();
      event.stopImmediatePropagation();
      void hold(() => form.requestSubmit(submitter));
    }
  },
  true,
);

/** Stays where a line cannot be ordered: the cart says which and why. */
function checkOut(): void {
  const field = refusedField();
  const button = document.querySelector('[name=checkout]');
  if (field) field.focus();
  else if (button?.matches(':enabled')) location.assign(`${home()}/checkout`);
}
