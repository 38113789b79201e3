import { buys, fieldOf, noteOf } from './fields.ts';
import { waiting } from './outbox.ts';
import { refocused } from './refocused.ts';

/**
 * Puts the answer's parts in place of the page's. Fields stay, so that a person can type on; the whole cart is replaced
 * only where its lines are others.
 * @param sent the products that the answer is about: the other fields keep their refusals
 */
export function swap(answer: Document, sent: ReadonlySet<string>): void {
  keepRefusals(answer, sent);
  const [cart, ours] = [answer, document].map((page) => page.getElementById('cart'));
  if (cart && ours && linesOf(cart) !== linesOf(ours)) replace(ours, cart);
  else showQuantities(answer);
  for (const part of answer.querySelectorAll('[data-part]')) {
    const old = document.getElementById(part.id);
    if (old) replace(old, part);
  }
  for (const product of sent) {
    const isRefused = noteOf(product)?.hasAttribute('data-refused');
    if (isRefused) fieldOf(product)?.setAttribute('aria-invalid', 'true');
    else fieldOf(product)?.removeAttribute('aria-invalid');
  }
}

const linesOf = (cart: Element) =>
  [...cart.querySelectorAll('.cart-line')].map(({ id }) => id).join();

/** A quantity that was refused earlier still stands in its field, with the reason beside it. */
function keepRefusals(answer: Document, sent: ReadonlySet<string>): void {
  for (const { field, product } of buys()) {
    const note = noteOf(product);
    // It was emptied to be filled again.
    if (field.value.trim() === '') answer.getElementById(field.id)?.setAttribute('value', '');
    if (sent.has(product) || !note?.hasAttribute('data-refused')) continue;
    noteOf(product, answer)?.replaceWith(note.cloneNode(true));
    const again = answer.getElementById(field.id);
    again?.setAttribute('value', field.value);
    again?.setAttribute('aria-invalid', 'true');
  }
}

/** What another device has changed; not where something else was typed. */
function showQuantities(answer: Document): void {
  const entries = waiting();
  for (const { field, product } of buys(answer)) {
    const ours = fieldOf(product);
    const isTyped = entries.has(product) || field.matches('[aria-invalid]') || ours?.value === '';
    if (ours && !isTyped && ours.value !== field.value) ours.value = field.value;
  }
}

export function replace(old: Element, part: Element): void {
  const refocus = refocused(old);
  old.replaceWith(part);
  refocus(part);
}
