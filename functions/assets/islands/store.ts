import { keepOwn, readOwn } from './storage/own-storage.ts';
import { forgetArrived } from './storage/pad-lines.ts';

/**
 * Quantities at the storefront: buttons for one more and one less, what is in the cart is sent as soon as it is changed,
 * and what was typed survives searching, paging and swaps. Without it every form has a button that does the same.
 */
const MAX = 99_999;
const PATIENCE = 350;

/** Quantities that are still to be sent, by the id of their form. */
const waiting = new Map<string, string>();
let timer = 0;
let sending = 0;

const formOf = (element: unknown) =>
  element instanceof Element ? element.closest<HTMLFormElement>('form.buy') : null;
const fieldOf = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>('.stepper .input');
const isInCart = (form: HTMLFormElement) =>
  form.matches('[data-in-cart]') || form.querySelector('[data-in-cart]') !== null;

function step(field: HTMLInputElement, by: number): void {
  const min = Number(field.dataset['min']);
  const present = /^\d+$/.test(field.value.trim()) ? Number(field.value) : min;
  field.value = String(Math.min(MAX, Math.max(min, present + by)));
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

function schedule(): void {
  clearTimeout(timer);
  timer = window.setTimeout(send, PATIENCE);
}

/** One at a time and in order: what the server is told last is what the field says. */
function send(): void {
  const [next] = waiting;
  if (!next) return;
  if (sending > 0) return schedule();
  const [id, value] = next;
  waiting.delete(id);
  const form = document.getElementById(id);
  const field = form instanceof HTMLFormElement ? fieldOf(form) : null;
  if (field && form instanceof HTMLFormElement) {
    field.value = value;
    form.requestSubmit();
  }
  if (waiting.size > 0) schedule();
}

/** Shows again what was typed and neither added nor sent. */
function restore(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form.buy')) {
    const field = fieldOf(form);
    const typed = isInCart(form) ? waiting.get(form.id) : readOwn(form.action);
    if (field && typed !== undefined && typed !== null && !field.disabled) field.value = typed;
  }
}

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-step]') : null;
  const field = button?.parentElement?.querySelector('input');
  if (button && field) step(field, Number(button.getAttribute('data-step')));
});

document.addEventListener('keydown', (event) => {
  const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  const field = event.target instanceof HTMLInputElement ? event.target : null;
  if (!by || !field?.parentElement?.matches('.stepper')) return;
  event.preventDefault();
  step(field, by);
});

document.addEventListener('input', (event) => {
  const form = formOf(event.target);
  const field = form && fieldOf(form);
  if (!form || !field || event.target !== field) return;
  if (!isInCart(form)) return keepOwn(form.action, field.value);
  // An emptied field is somebody about to type.
  if (field.value.trim() === '') waiting.delete(form.id);
  else waiting.set(form.id, field.value);
  schedule();
});

document.addEventListener('submit', (event) => {
  const form = formOf(event.target);
  if (form) waiting.delete(form.id);
});

type HtmxEvent = CustomEvent<{ ctx: { response?: { raw: Response; status: number } } }>;

document.addEventListener('htmx:before:request', (event) => {
  if (formOf(event.target)) sending += 1;
});
// Both come before a swap, which takes the form away.
for (const name of ['htmx:after:request', 'htmx:error']) {
  document.addEventListener(name, (event) => {
    if (formOf(event.target)) sending = Math.max(0, sending - 1);
  });
}
document.addEventListener('htmx:before:response', (event) => {
  const form = formOf(event.target);
  const response = (event as HtmxEvent).detail.ctx.response;
  if (!form || !response) return;
  const { status, raw } = response;
  const isElsewhere = raw.redirected && !new URL(raw.url).pathname.endsWith('/cart');
  // Logged out, refused or broken: the whole page says so.
  if (isElsewhere || (status >= 400 && status !== 422)) {
    event.preventDefault();
    form.submit();
  } else if (status < 400) {
    keepOwn(form.action, null);
  }
});
document.addEventListener('htmx:after:settle', restore);
window.addEventListener('pageshow', restore);

forgetArrived();
