import type { Id } from '#db/ids.ts';
import type { CartLine } from '#src/cart/queries.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import { formatMoney } from '#src/lib/money.ts';
import { lineSeen } from '#src/orders/checkout-form.ts';
import { Badge } from '../../views/badge.tsx';
import { fitted, roomForNames } from '../../views/fitted.ts';
import { Prose } from '../../views/layout.tsx';
import { Money } from '../../views/money.tsx';
import { Table } from '../../views/table.tsx';
import { ProblemBadge } from '../cart/problem-badge.tsx';

type Props = {
  lines: CartLine[];
  /** What a price was, in cents, where the page showed another one before. */
  prices: ReadonlyMap<Id<'product'>, number>;
  currency: string;
};

/** What is about to be ordered, and the same for the form to carry. */
export function CheckoutLines({ lines, prices, currency }: Props) {
  const room = roomForNames(lines.length);
  return (
    <>
      {lines.map((line) => (
        <input
          type="hidden"
          name="line"
          value={lineSeen({ ...line, seenCents: line.priceCents })}
        />
      ))}
      <Table
        caption="Products"
        rows={lines}
        columns={[
          {
            header: 'Product',
            cell: (line) => (
              <>
                <strong>{fitted(line.name, room)}</strong>
                {line.sku !== null && <Prose>{fitted(line.sku, room / 2)}</Prose>}
                <ProblemBadge {...line} />
              </>
            ),
          },
          {
            header: 'Quantity',
            cell: ({ quantity, unit }) => `${formatNumber(quantity)} ${fitted(unit, room / 4)}`,
            align: 'end',
          },
          {
            header: 'Unit price',
            cell: ({ productId, priceCents }) => (
              <>
                <Money cents={priceCents} currency={currency} />
                <OldPrice cents={prices.get(productId)} currency={currency} />
              </>
            ),
            align: 'end',
          },
          {
            header: 'Total',
            cell: ({ totalCents }) => <Money cents={totalCents} currency={currency} />,
            align: 'end',
          },
        ]}
      />
    </>
  );
}

function OldPrice({ cents, currency }: { cents: number | undefined; currency: string }) {
  if (cents === undefined) return null;
  return (
    <div>
      <Badge tone="warning">{`was ${formatMoney(cents, currency)}`}</Badge>
    </div>
  );
}
