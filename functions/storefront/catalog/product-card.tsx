import { html } from 'hono/html';
import type { StoreProduct } from '#src/catalog/store-catalog.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import { Badge } from '../../views/badge.tsx';
import { Price } from '../../views/price.tsx';
import { ProductImage } from '../../views/product-image.tsx';
import { BuyForm, type BuyFormProps } from './buy-form.tsx';

type Props = Omit<BuyFormProps, 'product'> & {
  product: StoreProduct;
  currency: string;
  mayOrder: boolean;
};

/**
 * One product: what it is, what it costs this customer, how much there is, and how to get it. It and its parts are
 * templates: as elements, a page's 24 cards took three times as long.
 */
export function ProductCard({ product, currency, mayOrder, ...form }: Props) {
  const { name, sku, description } = product;
  return html`<li class="product">
    ${ProductImage({ product, size: 'card' })}
    <div class="product-text">
      <h2>${name}</h2>
      ${sku !== null && html`<code>${sku}</code>`}
      ${description !== null && html`<p>${description}</p>`} ${availability(product)}
    </div>
    ${Price({ ...product, currency })} ${mayOrder && BuyForm({ product, ...form })}
  </li>`;
}

function availability({ onHand, lowStockAt }: StoreProduct) {
  if (onHand === 0) return Badge({ tone: 'danger', children: 'Out of stock' });
  if (onHand > lowStockAt) return null;
  return Badge({ tone: 'warning', children: `Only ${formatNumber(onHand)} left` });
}
