import { html } from 'hono/html';
import type { StoreProduct } from '#src/catalog/store-catalog.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import { Icon } from '../../views/icon.tsx';
import { Stepper } from '../../views/stepper.tsx';
import { stockLeft } from '../stock-left.ts';

export type Buyable = Pick<StoreProduct, 'id' | 'name' | 'onHand' | 'inCart'>;

/** A quantity that could not be taken, as it was typed. */
export type RefusedQuantity = { value: string; message: string };

export type BuyFormProps = {
  product: Buyable;
  /** The cart's path. */
  cart: string;
  /** The address of the page the form is on, to come back to. */
  back: string;
  refused?: RefusedQuantity | undefined;
};

/** Puts a product into the cart, or changes how much of it is there. A script replaces its state and not its field. */
export function BuyForm({ product, cart, back, refused }: BuyFormProps) {
  const { id, name, inCart, onHand } = product;
  const quantity = Stepper({
    id: `quantity-${id}`,
    name: 'quantity',
    label: `Quantity of ${name}`,
    product: name,
    value: refused?.value ?? inCart ?? 1,
    invalid: refused !== undefined,
    disabled: onHand === 0 && inCart === null,
    describedBy: `state-${id}`,
  });
  return html`<form class="buy" id="buy-${id}" method="post" action="${cart}/${id}" novalidate>
    <input type="hidden" name="back" value="${back}" />
    ${quantity} ${BuyState({ product, refused })}
    <span class="save-note" role="status"></span>
  </form>`;
}

/** The part of the form that says what is in the cart: all that changes when something is put there. */
export function BuyState({ product, refused }: Pick<BuyFormProps, 'product' | 'refused'>) {
  const { id, inCart } = product;
  return html`<span
    class="buy-state"
    id="state-${id}"
    data-part
    ${inCart !== null && html`data-in-cart="${inCart}"`}
    ${refused !== undefined && html`data-refused`}
  >
    ${inCart === null ? add(product) : update(product)}
    <span class="buy-note" role="status">${note(product, refused)}</span>
  </span>`;
}

function add({ name, onHand }: Buyable) {
  return html`<button
    class="button button-primary"
    name="add"
    value="yes"
    ${onHand === 0 && 'disabled'}
  >
    <span>Add<span class="sr-only"> ${name}</span></span>
  </button>`;
}

/** A script sends every change. */
function update({ name }: Buyable) {
  return html`<button class="button button-secondary no-script">
    <span>Update<span class="sr-only"> ${name}</span></span>
  </button>`;
}

function note({ inCart, onHand }: Buyable, refused: RefusedQuantity | undefined) {
  if (refused) return html`<span class="field-error">${refused.message}</span>`;
  if (inCart === null) return null;
  const quantity = `${formatNumber(inCart)} in cart`;
  if (inCart > onHand) {
    return html`<span class="field-error">${quantity}. ${stockLeft(onHand)}</span>`;
  }
  return html`<span class="in-cart">${Icon({ name: 'check' })} ${quantity}</span>`;
}
