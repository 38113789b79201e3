import { buyOf, isInCart } from './fields.ts';
import { waiting } from './outbox.ts';

const QUANTITY_MAX = 99_999;
/** As in `1,200`, which the server reads. */
const THOUSANDS = /(?<=\d)[, '’](?=\d{3}(?!\d))/g;

/** A product that is in the cart, or about to be, can be taken out; elsewhere one is the least. */
function leastOf(field: HTMLInputElement): 0 | 1 {
  const buy = buyOf(field);
  return buy && (isInCart(buy.box) || waiting().has(buy.product)) ? 0 : 1;
}

function step(field: HTMLInputElement, by: number): void {
  const least = leastOf(field);
  const text = field.value.trim().replaceAll(THOUSANDS, '');
  // What the server has to ask about is not counted from.
  if (text !== '' && !/^\d+$/.test(text)) return;
  const present = text === '' ? least : Number(text);
  field.value = String(Math.min(QUANTITY_MAX, Math.max(least, present + by)));
  field.dispatchEvent(new Event('input', { bubbles: true }));
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
