import { type Buy, buyOf, buys, isInCart } from './fields.ts';
import { confirmed, drop, waiting } from './outbox.ts';
import { keepTyped } from './restore.ts';
import { flush, resume, save } from './sender.ts';

/** Quantities go into the outbox: of a product in the cart with every change, of any other when it is added. */
const isHeld = ({ box, product }: Buy) =>
  isInCart(box) || waiting().has(product) || emptied.has(product);

/** Fields that were emptied while their product was on its way into the cart: what is typed next is meant for it, too. */
const emptied = new Set<string>();

document.addEventListener('input', (event) => {
  const buy = buyOf(event.target);
  if (!buy || event.target !== buy.field) return;
  const { field, product } = buy;
  if (!isHeld(buy)) return keepTyped(product, field.value);
  emptied.delete(product);
  if (field.value.trim() !== '') return save(product, field.value);
  // It is about to be filled again.
  drop(product);
  emptied.add(product);
});

// A field that was left empty is refused as any other text is.
document.addEventListener('focusout', (event) => {
  const buy = buyOf(event.target);
  if (!buy || event.target !== buy.field || !emptied.delete(buy.product)) return;
  if (buy.field.value.trim() === '') save(buy.product, '');
});

document.addEventListener(
  'submit',
  (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const buy = form.matches('.buy') ? buyOf(form) : null;
    const { submitter } = event;
    const isRemove = submitter instanceof HTMLButtonElement && submitter.name === 'remove';
    if (buy) add(buy);
    else if (form.id === 'cart-form' && isRemove) save(submitter.value, '0');
    else if (form.id !== 'cart-form' || submitter?.matches('[name=checkout]')) return;
    event.preventDefault();
    void flush();
  },
  true,
);

function add(buy: Buy): void {
  const { box, field, product } = buy;
  if (isHeld(buy) || /[^0\s]/.test(field.value)) return save(product, field.value);
  const note = box.querySelector('.buy-note');
  if (note) note.innerHTML = '<span class="field-error">Enter how many to add: 1 or more.</span>';
  field.setAttribute('aria-invalid', 'true');
  field.select();
}

// A search puts other products into the page. What has arrived since it was asked may be news to it: it is sent again.
document.addEventListener('htmx:before:request', () => confirmed.clear());
document.addEventListener('htmx:after:settle', () => {
  for (const { box, product } of buys()) {
    const quantity = confirmed.get(product);
    const shown = box.querySelector<HTMLElement>('[data-in-cart]')?.dataset['inCart'] ?? '0';
    if (quantity !== undefined && quantity !== shown && !waiting().has(product)) {
      save(product, quantity);
    }
  }
  resume();
});
