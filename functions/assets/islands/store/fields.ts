/** A product's controls in the catalog or in the cart: a stepper and the buttons beside it. */
export type Buy = { box: HTMLElement; field: HTMLInputElement; product: string };

const FIELD = '.stepper .input';

export function buyOf(element: unknown): Buy | null {
  const box = element instanceof Element ? element.closest<HTMLElement>('.buy') : null;
  const field = box?.querySelector<HTMLInputElement>(FIELD);
  return box && field ? { box, field, product: field.id.replace('quantity-', '') } : null;
}

export function buys(within: ParentNode = document): Buy[] {
  return [...within.querySelectorAll('.buy')].flatMap((box) => buyOf(box) ?? []);
}

export const fieldOf = (product: string): HTMLInputElement | null =>
  document.querySelector(`#quantity-${product}`);

/** The part of the page that says what is wrong with a product's quantity. */
export const noteOf = (product: string, within: Document = document): HTMLElement | null =>
  within.getElementById(`state-${product}`);

export const isInCart = (box: HTMLElement): boolean =>
  box.matches('[data-in-cart]') || box.querySelector('[data-in-cart]') !== null;

/** The first field with a quantity that the server has refused. */
export const refusedField = (): HTMLInputElement | null =>
  document.querySelector(`${FIELD}[aria-invalid]`);
