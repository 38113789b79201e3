import { formatNumber } from '#src/lib/format-number.ts';
import { formatMoney } from '#src/lib/money.ts';
import type { OfferedProduct } from '#src/catalog/store-price.ts';
import type { NewOrder } from '#src/orders/new-order.ts';
import type { OrderDraft } from '#src/orders/order-draft.ts';
import { Badge } from '../../views/badge.tsx';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { EmptyState } from '../../views/empty-state.tsx';
import { fitted } from '../../views/fitted.ts';
import { Prose } from '../../views/layout.tsx';
import { InlineSearch } from '../../views/search-box.tsx';
import { Table } from '../../views/table.tsx';
import { ClosestProducts } from '../../views/closest-products.tsx';

type Props = { draft: OrderDraft; known: NewOrder; currency: string };

/** Products to add: what is looked for, or else what is often bought; inactive ones, too (decision 6). */
export function PickerCard({ draft, known, currency }: Props) {
  const { findProduct } = draft;
  return (
    <Card
      title="Add products"
      toolbar={
        <InlineSearch
          id="find-product"
          name="findProduct"
          label="Find a product by name, SKU or category"
          placeholder="Name, SKU or category"
          value={findProduct}
        />
      }
      flush
    >
      {known.isNear && <ClosestProducts text={findProduct} />}
      {known.foundProducts.length > 0 ? (
        <Offer products={known.foundProducts} currency={currency} />
      ) : (
        <EmptyState
          title={findProduct === '' ? 'No products yet' : 'No products found'}
          icon="search"
        >
          {findProduct !== '' && 'Check the spelling or try fewer words.'}
        </EmptyState>
      )}
    </Card>
  );
}

const NAME_BYTES = 500;
const SKU_BYTES = 300;

/** What a product is called, and whether the storefront hides it. */
export function ProductName({ product: { name, sku, active } }: { product: OfferedProduct }) {
  return (
    <>
      <strong>{fitted(name, NAME_BYTES)}</strong>
      {!active && (
        <>
          {' '}
          <Badge>Inactive</Badge>
        </>
      )}
      {sku !== null && <Prose>{fitted(sku, SKU_BYTES)}</Prose>}
    </>
  );
}

function Offer({ products, currency }: { products: OfferedProduct[]; currency: string }) {
  return (
    <Table
      caption="Products to add"
      rows={products}
      columns={[
        { header: 'Product', cell: (product) => <ProductName product={product} /> },
        {
          header: 'Price',
          align: 'end',
          cell: ({ priceCents, listCents, unit }) => (
            <>
              {formatMoney(priceCents, currency)} / {unit}
              {priceCents !== listCents && (
                <Prose>List price {formatMoney(listCents, currency)}</Prose>
              )}
            </>
          ),
        },
        { header: 'In stock', align: 'end', cell: ({ onHand }) => formatNumber(onHand) },
        {
          header: 'Add',
          align: 'end',
          cell: ({ id, name }) => (
            <Button icon="plus" name="addProduct" value={id}>
              Add<span class="sr-only"> {name}</span>
            </Button>
          ),
        },
      ]}
    />
  );
}
