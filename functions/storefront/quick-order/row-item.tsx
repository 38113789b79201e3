import type { JudgedRow } from '#src/quick-order/judge-rows.ts';
import { formatNumber } from '#src/lib/format-number.ts';
import { formatMoney } from '#src/lib/money.ts';
import { readQuantity } from '#src/orders/read-quantity.ts';
import { QUANTITY_MAX } from '#src/orders/schema.ts';
import { withoutUnit } from '#src/quick-order/figure.ts';
import { Badge } from '../../views/badge.tsx';
import { Button } from '../../views/button.tsx';
import { fitted } from '../../views/fitted.ts';
import { Price } from '../../views/price.tsx';
import { Select } from '../../views/select.tsx';
import { Stepper } from '../../views/stepper.tsx';
import type { Tone } from '../../views/tone.ts';
import { rowFields } from './quick-order-form.ts';
import { stockLeft } from '../stock-left.ts';

const STATES: Record<JudgedRow['state'], { tone: Tone; label: string }> = {
  ok: { tone: 'success', label: 'OK' },
  short: { tone: 'warning', label: 'Not enough' },
  unknown: { tone: 'danger', label: 'Not found' },
  inactive: { tone: 'danger', label: 'No longer sold' },
  quantity: { tone: 'danger', label: 'Check the quantity' },
};

/** Names are enough to be recognised by: there may be 80 rows with three products to choose from. */
const NAME_BYTES = 200;

type Props = {
  row: JudgedRow;
  currency: string;
  /** Units of it that are in the cart already. */
  inCart: number;
  /** What a unit cost in the order that is ordered again, in cents. */
  priceThen?: number | undefined;
};

/** One row as it was written, what it means, and how to mend it. */
export function RowItem({ row, currency, inCart, priceThen }: Props) {
  const { match, state, text } = row;
  const names = rowFields(row.row);
  const { tone, label } = STATES[state];
  const note = `note-${row.row}`;
  return (
    <li class="order-row">
      <span class="order-row-number">{row.row}</span>
      <div class="product-text">
        {state === 'unknown' ? (
          <input
            class="input"
            name={names.text}
            value={text}
            aria-label={`Line ${row.row}: product name or SKU`}
          />
        ) : (
          <>
            <input type="hidden" name={names.text} value={text} />
            <h2>{fitted(match?.active ? match.name : text, NAME_BYTES)}</h2>
            {match?.active && <code>{fitted(match.sku ?? text, NAME_BYTES)}</code>}
          </>
        )}
        <Badge tone={tone}>{label}</Badge>
        <p id={note}>{explained(row, inCart)}</p>
        {match?.active && priceThen !== undefined && priceThen !== match.priceCents && (
          <Badge tone={match.priceCents < priceThen ? 'success' : 'warning'}>
            {`Was ${formatMoney(priceThen, currency)}`}
          </Badge>
        )}
        <Choice row={row} />
      </div>
      {match?.active ? <Price {...match} currency={currency} unit={match.unit} /> : <span />}
      <div class="row">
        <Stepper
          id={names.quantity}
          name={names.quantity}
          label={`Line ${row.row}: quantity`}
          value={row.quantity}
          invalid={state === 'quantity'}
          describedBy={note}
        />
        {state === 'short' && row.left !== null && row.left > 0 && (
          <Button name="take" value={`${row.row}:${row.left}`}>
            {`Order ${formatNumber(row.left)} instead`}
          </Button>
        )}
        <label class="check">
          <input type="checkbox" name={names.leave} />
          <span>
            Skip<span class="sr-only"> line {row.row}</span>
          </span>
        </label>
      </div>
    </li>
  );
}

/** Which product it is: settled, or to be chosen among the nearest. */
function Choice({ row }: { row: JudgedRow }) {
  const name = rowFields(row.row).product;
  if (row.match) return <input type="hidden" name={name} value={row.match.id} />;
  if (row.nearest.length === 0) return null;
  return (
    <Select
      name={name}
      aria-label={`Line ${row.row}: which product`}
      value=""
      options={[
        { value: '', label: 'Did you mean …' },
        ...row.nearest.map(({ id, name: product, sku }) => ({
          value: id,
          label: fitted(sku === null ? product : `${product} (${sku})`, NAME_BYTES),
        })),
      ]}
    />
  );
}

function explained({ state, left, nearest, quantity, match }: JudgedRow, inCart: number): string {
  const already = inCart > 0 ? `${formatNumber(inCart)} already in your cart.` : '';
  switch (state) {
    case 'ok':
      return already;
    case 'short':
      return `${stockLeft(left ?? 0)}. ${already}`;
    case 'unknown':
      return nearest.length > 0
        ? 'No match. Pick a suggestion or edit the name.'
        : 'No match. Edit the name, or skip this line.';
    case 'inactive':
      return 'No longer sold.';
    case 'quantity':
      return quantityProblem(quantity, match?.unit ?? '');
  }
}

function quantityProblem(quantity: string, unit: string): string {
  const read = readQuantity(withoutUnit(quantity, unit));
  return 'problem' in read && read.isQuestion
    ? read.problem
    : `Enter a whole number (1–${formatNumber(QUANTITY_MAX)}).`;
}
