import type { CartLine } from '#src/cart/queries.ts';
import { formatMoney } from '#src/lib/money.ts';
import { Button } from '../../views/button.tsx';
import { DASH } from '../../views/dash.ts';
import { fitted } from '../../views/fitted.ts';
import { Price } from '../../views/price.tsx';
import { ProductImage } from '../../views/product-image.tsx';
import { Stepper } from '../../views/stepper.tsx';
import type { RefusedQuantity } from '../catalog/buy-form.tsx';
import { shownLine } from './cart-form.ts';
import { ProblemBadge } from './problem-badge.tsx';

type Props = {
  line: CartLine;
  currency: string;
  refused: RefusedQuantity | undefined;
};

/** Of a name in the labels of its line, which has it whole. */
const NAME_BYTES = 100;

/** A product in the cart's form: how much of it can be changed, or it taken out. A script replaces its `data-part`s. */
export function CartLineItem({ line, currency, refused }: Props) {
  const { productId: id, sku, unit, quantity, problem } = line;
  const name = fitted(line.name, NAME_BYTES);
  const note = `state-${id}`;
  return (
    <li class="cart-line" id={`line-${id}`}>
      <ProductImage product={line} />
      <div class="product-text">
        <h2>{line.name}</h2>
        {sku !== null && <code>{sku}</code>}
        <span id={note} data-part data-refused={refused ? '' : undefined}>
          <ProblemBadge {...line} />
          {refused && <span class="field-error">{refused.message}</span>}
        </span>
      </div>
      <Price {...line} currency={currency} unit={unit} />
      <div class="buy" data-in-cart>
        {problem !== 'gone' && (
          <input
            type="hidden"
            id={`shown-${id}`}
            name="line"
            value={shownLine(id, quantity)}
            data-part
          />
        )}
        <Stepper
          id={`quantity-${id}`}
          name="quantity"
          label={`Quantity of ${name}`}
          product={name}
          value={refused?.value ?? quantity}
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
        <Button variant="ghost" icon="trash-2" iconOnly name="remove" value={id}>
          Remove {name}
        </Button>
        <span class="save-note" role="status"></span>
      </div>
      <strong class="cart-total" id={`total-${id}`} data-part>
        {problem === 'gone' ? DASH : formatMoney(line.totalCents, currency)}
      </strong>
    </li>
  );
}
