import { quantityText } from '#src/lib/quantity-text.ts';
import type { OrderLine } from '#src/orders/queries.ts';
import { fitted, roomForNames } from './fitted.ts';
import { Prose } from './layout.tsx';
import { Money } from './money.tsx';
import { Table } from './table.tsx';

/** What was ordered, at the names and prices of then. */
export function OrderLines({ lines, currency }: { lines: OrderLine[]; currency: string }) {
  const room = roomForNames(lines.length);
  return (
    <Table
      caption="Lines"
      rows={lines}
      columns={[
        {
          header: 'Product',
          cell: ({ name, sku }) => (
            <>
              <strong>{fitted(name, room)}</strong>
              {sku !== null && <Prose>{fitted(sku, room / 2)}</Prose>}
            </>
          ),
        },
        {
          header: 'Quantity',
          cell: ({ quantity, unit }) => quantityText(quantity, fitted(unit, room / 4)),
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
