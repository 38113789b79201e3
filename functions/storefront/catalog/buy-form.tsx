import { html } from 'hono/html';
import type { StoreProduct } from '#src/catalog/store-catalog.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import { Icon } from '../../views/icon.tsx';
import { Stepper } from '../../views/stepper.tsx';

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

/**
 * Puts a product into the cart, or changes how much of it is there. A swap leaves the field alone, so that nothing typed
 * meanwhile is lost.
 */
export function BuyForm({ product, cart, back, refused }: BuyFormProps) {
  const { id, name, inCart, onHand } = product;
  const action = `${cart}/${id}`;
  const quantity = Stepper({
    id: `quantity-${id}`,
    name: 'quantity',
    label: `Quantity of ${name}`,
    value: refused?.value ?? inCart ?? 1,
    min: inCart === null ? 1 : 0,
    invalid: refused !== undefined,
    disabled: onHand === 0 && inCart === null,
    describedBy: `state-${id}`,
  });
  return html`<form
    class="buy"
    id="buy-${id}"
    method="post"
    action="${action}"
    novalidate
    hx-post="${action}"
    hx-target="#state-${id}"
    hx-sync="this:queue last"
  >
    <input type="hidden" name="back" value="${back}" />
    ${quantity} ${BuyState({ product, refused })}
  </form>`;
}

/** The part of the form that says what is in the cart: all that changes when something is put there. */
export function BuyState({ product, refused }: Pick<BuyFormProps, 'product' | 'refused'>) {
  const { id, name, inCart, onHand } = product;
  const unavailable = onHand === 0 && inCart === null;
  return html`<span
    class="buy-state"
    id="state-${id}"
    ${inCart !== null && html`data-in-cart="${inCart}"`}
  >
    <button
      class="button button-${inCart === null ? 'primary' : 'secondary'}"
      type="submit"
      ${unavailable && 'disabled'}
    >
      <span>${inCart === null ? 'Add' : 'Update'}<span class="sr-only"> ${name}</span></span>
    </button>
    <span class="buy-note" role="status">${note(inCart, refused)}</span>
  </span>`;
}

function note(inCart: number | null, refused: RefusedQuantity | undefined) {
  if (refused) return html`<span class="field-error">${refused.message}</span>`;
  if (inCart === null) return null;
  return html`<span class="in-cart"
    >${Icon({ name: 'check' })} ${formatNumber(inCart)} in cart</span
  >`;
}
