import type { CartLine } from '#src/cart/queries.ts';
import { formatMoney } from '#src/lib/money.ts';
import { Button } from '../../views/button.tsx';
import { DASH } from '../../views/dash.ts';
import { fitted } from '../../views/fitted.ts';
import { Price } from '../../views/price.tsx';
import { ProductImage } from '../../views/product-image.tsx';
import { Stepper } from '../../views/stepper.tsx';
import type { RefusedQuantity } from '../catalog/buy-form.tsx';
import { ProblemBadge } from './problem-badge.tsx';

type Props = {
  line: CartLine;
  /** The cart's path. */
  cart: string;
  currency: string;
  /** The part of the cart that the line is shown in. */
  page: number;
  refused?: RefusedQuantity | undefined;
};

/** Of a name in the labels of its line, which has it whole. */
const NAME_BYTES = 100;

/** A product in the cart: how much of it can be changed, or it taken out. */
export function CartLineItem({ line, cart, currency, page, refused }: Props) {
  const { productId: id, sku, unit, quantity, problem } = line;
  const name = fitted(line.name, NAME_BYTES);
  const note = `note-${id}`;
  return (
    <li class="cart-line">
      <ProductImage product={line} />
      <div class="product-text">
        <h2>{line.name}</h2>
        {sku !== null && <code>{sku}</code>}
        <span id={note}>
          <ProblemBadge {...line} />
          {refused && <span class="field-error">{refused.message}</span>}
        </span>
      </div>
      <Price {...line} currency={currency} unit={unit} />
      <form
        class="buy"
        id={`line-${id}`}
        method="post"
        action={`${cart}/${id}`}
        novalidate
        data-in-cart
        hx-post={`${cart}/${id}`}
        hx-target="#cart"
        hx-select="#cart"
        hx-select-oob="#cart-count"
        hx-sync="#main:queue last"
      >
        <input type="hidden" name="seen" value={quantity} />
        {page > 1 && <input type="hidden" name="page" value={page} />}
        <Stepper
          id={`quantity-${id}`}
          name="quantity"
          label={`Quantity of ${name}`}
          value={refused?.value ?? quantity}
          min={0}
          invalid={refused !== undefined}
          disabled={problem === 'gone'}
          describedBy={note}
        />
        {problem !== 'gone' && (
          <span class="no-script">
            <Button>
              Update<span class="sr-only"> {name}</span>
            </Button>
          </span>
        )}
        <Button variant="ghost" icon="trash-2" iconOnly name="remove" value="yes">
          Remove {name}
        </Button>
      </form>
      <strong class="cart-total">
        {problem === 'gone' ? DASH : formatMoney(line.totalCents, currency)}
      </strong>
    </li>
  );
}
