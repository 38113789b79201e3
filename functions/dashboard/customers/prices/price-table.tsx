import type { Id } from '#db/ids.ts';
import { amountText } from '#src/lib/money.ts';
import type { PricedProduct, PriceOverride } from '#src/prices/queries.ts';
import { Badge } from '../../../views/badge.tsx';
import { Button } from '../../../views/button.tsx';
import { DASH } from '../../../views/dash.ts';
import { fitted, shortName } from '../../../views/fitted.ts';
import { Form } from '../../../views/form.tsx';
import { InPlace, LiveRows } from '../../../views/in-place.tsx';
import { InlineForm } from '../../../views/inline-form.tsx';
import { Prose } from '../../../views/layout.tsx';
import { Money } from '../../../views/money.tsx';
import { type QueryValues, queryHref } from '../../../views/query-href.ts';
import { type Column, Table } from '../../../views/table.tsx';
import { pricePath } from '../paths.ts';

/** A price that could not be saved. */
export type RefusedPrice = {
  product: Id<'product'>;
  typed: string;
  message: string;
  /** What stood there when the edit was opened, if that is not what stands there now. */
  seen?: string;
};

type Props = {
  customer: Id<'customer'>;
  prices: readonly PriceOverride[];
  currency: string;
  /** Says in the address that a form is sent to what is on show around it. */
  place: QueryValues;
  refused?: RefusedPrice | undefined;
};

const NAME_BYTES = 500;
const SKU_BYTES = 300;

/** A customer's own prices beside the list prices, edited where they stand. */
export function PriceTable({ customer, prices, currency, place, refused }: Props) {
  const columns: Column<PriceOverride>[] = [
    ...productColumns(currency),
    {
      header: 'Custom price',
      cell: ({ productId, name, ownCents }) => {
        const problem = refused?.product === productId ? refused : undefined;
        return (
          <InPlace field="price">
            <InlineForm
              action={queryHref(pricePath(customer, productId), place)}
              hidden={{ seen: problem?.seen ?? ownCents }}
              name="price"
              label={`Custom price of ${shortName(name)}`}
              value={problem?.typed ?? amountText(ownCents)}
              currency={currency}
              error={problem?.message}
            />
          </InPlace>
        );
      },
    },
    { header: 'Difference', cell: (price) => <Difference {...price} />, align: 'end' },
    {
      header: 'Remove',
      cell: ({ productId, name }) => (
        <Form action={queryHref(`${pricePath(customer, productId)}/remove`, place)}>
          <Button variant="ghost" icon="trash-2" iconOnly>
            {`Remove the custom price of ${shortName(name)}`}
          </Button>
        </Form>
      ),
    },
  ];
  return (
    <LiveRows>
      <Table
        caption="Custom prices"
        rows={prices}
        rowId={({ productId }) => productId}
        columns={columns}
      />
    </LiveRows>
  );
}

/** What a price is for, and what everybody else pays. */
export function productColumns(currency: string): Column<Omit<PricedProduct, 'ownCents'>>[] {
  return [
    {
      header: 'Product',
      cell: ({ name, sku, active }) => (
        <>
          <strong>{fitted(name, NAME_BYTES)}</strong> {!active && <Badge>Inactive</Badge>}
          {sku !== null && <Prose>{fitted(sku, SKU_BYTES)}</Prose>}
        </>
      ),
    },
    {
      header: 'List price',
      cell: ({ priceCents }) => <Money cents={priceCents} currency={currency} />,
      align: 'end',
    },
  ];
}

/** How far a price is from the catalogue's: `-15.0%` is good for the customer. */
function Difference({ priceCents, ownCents }: Pick<PriceOverride, 'priceCents' | 'ownCents'>) {
  if (priceCents === 0) return <>{ownCents === 0 ? '0.0%' : DASH}</>;
  const percent = ((ownCents - priceCents) / priceCents) * 100;
  const text = `${percent > 0 ? '+' : ''}${percent.toFixed(1)}%`;
  if (ownCents === priceCents) return <>{text}</>;
  return <Badge tone={ownCents < priceCents ? 'success' : 'danger'}>{text}</Badge>;
}
