import { countOf, formatNumber } from '#src/lib/format-number.ts';
import { formatMoney } from '#src/lib/money.ts';
import type { OfferedProduct } from '#src/catalog/store-price.ts';
import type { NewOrder } from '#src/orders/new-order.ts';
import { notEnoughStock } from '#src/orders/not-enough-stock.ts';
import {
  DRAFT_PART,
  type DraftLine,
  foldedLines,
  type OrderDraft,
  partWith,
  quantityOf,
} from '#src/orders/order-draft.ts';
import type { LineProblem } from '#src/orders/place-order.ts';
import { Button } from '../../views/button.tsx';
import { Card } from '../../views/card.tsx';
import { DASH } from '../../views/dash.ts';
import { EmptyState } from '../../views/empty-state.tsx';
import { shortName } from '../../views/fitted.ts';
import { partOf } from '../../views/part-of.ts';
import { QuantityInput } from '../../views/quantity-input.tsx';
import { Table } from '../../views/table.tsx';
import type { DraftProblem } from './draft-problem.ts';
import { ProductName } from './product-picker.tsx';

type Props = { draft: OrderDraft; known: NewOrder; problem: DraftProblem; currency: string };
type Row = DraftLine & { product: OfferedProduct | undefined; error: string | undefined };

/** What is ordered so far. */
export function LinesCard({ draft, known, problem, currency }: Props) {
  const rows = draft.lines.map((line, index) => {
    const product = known.products.get(line.productId);
    const refused = problem.refused?.get(line.productId);
    const error = problem.lineErrors?.[index] ?? (refused && inWords(refused, currency));
    return { ...line, product, error };
  });
  const firstError = rows.findIndex(({ error }) => error);
  const wanted = firstError < 0 ? draft.part : partWith(firstError);
  const { rows: shown, page, pages } = partOf(rows, wanted, DRAFT_PART);
  const start = (page - 1) * DRAFT_PART;
  return (
    <Card
      title="Lines"
      actions={rows.length > 0 && <Button icon="refresh-cw">Update</Button>}
      flush
    >
      {rows.length === 0 ? (
        <EmptyState title="No products yet" icon="clipboard-list">
          Find them below and add them.
        </EmptyState>
      ) : (
        <>
          <Folded name="linesBefore" rows={rows.slice(0, start)} />
          <Lines rows={shown} currency={currency} />
          <Folded name="linesAfter" rows={rows.slice(start + DRAFT_PART)} />
          {pages > 1 && (
            <Parts page={page} pages={pages} shown={shown.length} total={rows.length} />
          )}
        </>
      )}
    </Card>
  );
}

/** Lines of the parts that are not on show. */
function Folded({ name, rows }: { name: string; rows: Row[] }) {
  if (rows.length === 0) return null;
  const lines = rows.map(({ product, error, ...line }) => ({
    ...line,
    // A price that was refused is refused again until its part has been on show.
    seenCents: error ? line.seenCents : (product?.priceCents ?? null),
  }));
  return <input type="hidden" name={name} value={foldedLines(lines)} />;
}

type PartsProps = { page: number; pages: number; shown: number; total: number };

/** To the neighboring parts: the form is sent, so that nothing typed is lost. */
function Parts({ page, pages, shown, total }: PartsProps) {
  return (
    <nav class="pagination" aria-label="Parts of the lines">
      <span>{`${formatNumber(shown)} of ${countOf(total, 'line')}`}</span>
      <span class="row">
        <Button name="goTo" value={String(page - 1)} disabled={page === 1} icon="chevron-left">
          Previous
        </Button>
        <Button
          name="goTo"
          value={String(page + 1)}
          disabled={page === pages}
          iconAfter="chevron-right"
        >
          Next
        </Button>
      </span>
    </nav>
  );
}

function inWords(
  { problem, name, available, seenCents, priceCents }: LineProblem,
  currency: string,
) {
  switch (problem) {
    case 'short':
      return notEnoughStock(shortName(name ?? ''), available);
    case 'gone':
      return 'This product is no longer there. Remove it.';
    case 'price':
      return `Costs ${formatMoney(priceCents ?? 0, currency)} now instead of ${formatMoney(seenCents ?? 0, currency)}.`;
  }
}

function Lines({ rows, currency }: { rows: Row[]; currency: string }) {
  const firstError = rows.find(({ error }) => error)?.productId;
  return (
    <Table
      caption="Lines"
      rows={rows}
      columns={[
        {
          header: 'Product',
          cell: ({ productId, product }) => (
            <>
              <input type="hidden" name="productId" value={productId} />
              <input type="hidden" name="seenCents" value={String(product?.priceCents ?? '')} />
              {product ? <ProductName product={product} /> : 'No longer there'}
            </>
          ),
        },
        {
          header: 'Price',
          align: 'end',
          cell: ({ product }) => (product ? formatMoney(product.priceCents, currency) : DASH),
        },
        {
          header: 'In stock',
          align: 'end',
          hideOnPhone: true,
          cell: ({ product }) => (product ? formatNumber(product.onHand) : DASH),
        },
        {
          header: 'Quantity',
          align: 'end',
          cell: ({ productId, quantity, product, error }) => (
            <QuantityInput
              id={`quantity-${productId}`}
              name="quantity"
              label={`Quantity of ${product ? shortName(product.name) : 'a product that is gone'}`}
              value={quantity}
              error={error}
              autofocus={productId === firstError}
            />
          ),
        },
        {
          header: 'Total',
          align: 'end',
          cell: (line) => {
            const quantity = quantityOf(line);
            return quantity === null || !line.product
              ? DASH
              : formatMoney(quantity * line.product.priceCents, currency);
          },
        },
        {
          header: 'Remove',
          align: 'end',
          cell: ({ productId, product }) => (
            <Button variant="ghost" icon="trash-2" name="removeProduct" value={productId} iconOnly>
              Remove {product ? shortName(product.name) : 'it'}
            </Button>
          ),
        },
      ]}
    />
  );
}
