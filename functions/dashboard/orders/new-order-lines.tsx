import type { Id } from '#db/ids.ts';
import { countOf, formatNumber } from '#src/lib/format-number.ts';
import { formatMoney } from '#src/lib/money.ts';
import type { OfferedProduct } from '#src/catalog/store-price.ts';
import type { NewOrder } from '#src/orders/new-order.ts';
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

type Props = {
  draft: OrderDraft;
  known: NewOrder;
  problem: DraftProblem;
  added?: Id<'product'> | null | undefined;
  currency: string;
};
type Row = DraftLine & { product: OfferedProduct | undefined; error: string | undefined };

/** What is ordered so far. */
export function LinesCard({ draft, known, problem, added, currency }: Props) {
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
      title="Items"
      actions={rows.length > 0 && <Button icon="refresh-cw">Update</Button>}
      flush
    >
      {rows.length === 0 ? (
        <EmptyState title="No products yet" icon="clipboard-list">
          Search to add products.
        </EmptyState>
      ) : (
        <>
          <Folded name="linesBefore" rows={rows.slice(0, start)} />
          <Lines rows={shown} added={added} currency={currency} />
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
    <nav class="pagination" aria-label="Parts of the order">
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

function inWords({ problem, available, seenCents, priceCents }: LineProblem, currency: string) {
  switch (problem) {
    case 'short':
      return `${onlySo(available ?? 0)}.`;
    case 'gone':
      return 'No longer available. Remove it.';
    case 'price':
      return `Costs ${formatMoney(priceCents ?? 0, currency)} now instead of ${formatMoney(seenCents ?? 0, currency)}.`;
  }
}

type LinesProps = { rows: Row[]; added: Id<'product'> | null | undefined; currency: string };

function Lines({ rows, added, currency }: LinesProps) {
  const focused = rows.find(({ error }) => error)?.productId ?? added;
  return (
    <Table
      caption="Items"
      rows={rows}
      columns={[
        {
          header: 'Product',
          cell: (row) => (
            <>
              <input type="hidden" name="productId" value={row.productId} />
              <input type="hidden" name="seenCents" value={String(row.product?.priceCents ?? '')} />
              {row.product ? <ProductName product={row.product} /> : 'No longer available'}
              <p class="prose" id={`offer-${row.productId}`} data-fresh>
                <Offer {...row} currency={currency} />
              </p>
            </>
          ),
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
              describedBy={`offer-${productId}`}
              autofocus={productId === focused}
            />
          ),
        },
        {
          header: 'Total',
          align: 'end',
          cell: (line) => {
            const quantity = quantityOf(line);
            return (
              <span id={`total-${line.productId}`} data-fresh>
                {quantity === null || !line.product
                  ? DASH
                  : formatMoney(quantity * line.product.priceCents, currency)}
              </span>
            );
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

/** What a line costs and how much there is: `$22.60 / case · 6 in stock`. More than that is asked for in red. */
function Offer({ currency, ...line }: Row & { currency: string }) {
  const { product, seenCents } = line;
  if (!product) return <strong class="short-stock">Remove this line.</strong>;
  const { priceCents, unit, onHand } = product;
  const isShort = (quantityOf(line) ?? 1) > onHand;
  const isNew = seenCents !== null && seenCents !== priceCents;
  return (
    <>
      {`${formatMoney(priceCents, currency)} / ${unit} · `}
      {isShort ? (
        <strong class="short-stock">{onlySo(onHand)}</strong>
      ) : (
        `${formatNumber(onHand)} in stock`
      )}
      {isNew && ` · was ${formatMoney(seenCents, currency)}`}
    </>
  );
}

/** How little there is, of what is asked for. */
function onlySo(onHand: number): string {
  return onHand > 0 ? `Only ${formatNumber(onHand)} in stock` : 'Out of stock';
}
