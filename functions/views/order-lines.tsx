import { formatNumber } from '#src/lib/format-number.ts';
import type { OrderLine } from '#src/orders/queries.ts';
import { Prose } from './layout.tsx';
import { Money } from './money.tsx';
import { Table } from './table.tsx';

/** What was ordered, at the names and prices of then. */
export function OrderLines({ lines, currency }: { lines: OrderLine[]; currency: string }) {
  return (
    <Table
      caption="Lines"
      rows={lines}
      columns={[
        {
          header: 'Product',
          cell: ({ name, sku }) => (
            <>
              <strong>{name}</strong>
              {sku !== null && <Prose>{sku}</Prose>}
            </>
          ),
        },
        {
          header: 'Quantity',
          cell: ({ quantity, unit }) => `${formatNumber(quantity)} ${unit}`,
          align: 'end',
        },
        {
          header: 'Unit price',
          cell: ({ unitPriceCents }) => <Money cents={unitPriceCents} currency={currency} />,
          align: 'end',
        },
        {
          header: 'Total',
          cell: ({ totalCents }) => <Money cents={totalCents} currency={currency} />,
          align: 'end',
        },
      ]}
    />
  );
}
