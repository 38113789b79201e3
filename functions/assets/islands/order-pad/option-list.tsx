import type { Product } from './suggestions.ts';

type Props = {
  options: readonly Product[];
  /** Index of the one that Enter takes; -1 = none. */
  active: number;
  money: Intl.NumberFormat;
  choose: (product: Product) => void;
};

export const OPTIONS = 'pad-options';
export const optionId = (index: number) => `pad-option-${index}`;

/** What is suggested for what is typed. */
export function OptionList({ options, active, money, choose }: Props) {
  const isNear = options[0]?.isNear ?? false;
  return (
    <div class="pad-options" hidden={options.length === 0}>
      <p class="pad-hint" hidden={!isNear}>
        Closest matches
      </p>
      <ul id={OPTIONS} role="listbox" aria-label={isNear ? 'Closest matches' : 'Products'}>
        {options.map((product, index) => (
          <li
            id={optionId(index)}
            key={product.id}
            role="option"
            aria-selected={index === active ? 'true' : 'false'}
            onMouseDown={(event: Event) => {
              event.preventDefault();
              choose(product);
            }}
          >
            <span>
              {product.name}
              <code>{product.sku}</code>
            </span>
            <span class="pad-price">
              {money.format(product.priceCents / 100)}
              <small>{product.onHand === 0 ? 'Out of stock' : product.unit}</small>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
