import type { Id } from '#db/ids.ts';
import type { CartLine } from '#src/cart/queries.ts';
import { countOf } from '#src/lib/format-number.ts';
import { formatMoney } from '#src/lib/money.ts';
import { quantityText } from '#src/lib/quantity-text.ts';
import { lineSeen } from '#src/orders/checkout-form.ts';
import { Badge } from '../../views/badge.tsx';
import { DASH } from '../../views/dash.ts';
import { fitted, roomForNames } from '../../views/fitted.ts';
import { Prose } from '../../views/layout.tsx';
import { Money } from '../../views/money.tsx';
import { Table } from '../../views/table.tsx';
import { ProblemBadge } from '../cart/problem-badge.tsx';

/** The cart shows all of many, in parts. */
const LINES_SHOWN = 150;

type Props = {
  lines: CartLine[];
  /** What a price was, in cents, where the page showed another one before. */
  prices: ReadonlyMap<Id<'product'>, number>;
  currency: string;
};

/** What is about to be ordered, and the same for the form to carry. */
export function CheckoutLines({ lines, prices, currency }: Props) {
  const news = ({ productId, problem }: CartLine) => problem !== null || prices.has(productId);
  const ordered =
    lines.length <= LINES_SHOWN
      ? lines
      : [...lines.filter(news), ...lines.filter((line) => !news(line))];
  const shown = ordered.slice(0, LINES_SHOWN);
  const more = lines.length - shown.length;
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
        rows={shown}
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
            cell: ({ quantity, unit }) => quantityText(quantity, fitted(unit, room / 4)),
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
            cell: ({ problem, totalCents }) =>
              problem === 'gone' ? DASH : <Money cents={totalCents} currency={currency} />,
            align: 'end',
          },
        ]}
      />
      {more > 0 && (
        <p class="pagination">
          {`And ${countOf(more, 'more product')}, as in the cart: ${more === 1 ? 'it is' : 'they are'} ordered along with these.`}
        </p>
      )}
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
