import type { Line } from '../storage/pad-lines.ts';

type Props = {
  lines: readonly Line[];
  money: Intl.NumberFormat;
  change: (lines: Line[]) => void;
};

/**
 * The button that sends the rows so far, with what they come to, and the rows, the latest first: the button stays where it
 * is, however many there are. They are numbered as they were typed.
 */
export function PadRows({ lines, money, change }: Props) {
  const open = lines.filter((line) => lineCents(line) === null).length;
  const cents = lines.reduce((sum, line) => sum + (lineCents(line) ?? 0), 0);
  return (
    <>
      <div class="form-actions">
        <button class="button button-primary" type="submit">
          {lines.length === 1 ? 'Add 1 item to cart' : `Add ${lines.length} items to cart`}
        </button>
        <span>
          {open < lines.length && <strong>{money.format(cents / 100)}</strong>}
          {open > 0 && ` ${open < lines.length ? '+ ' : ''}${open} not checked yet`}
        </span>
        <span class="field-hint">Ctrl + Enter</span>
      </div>
      <ol class="pad-lines">
        {lines.map((line, index) => (
          <PadRow
            key={line.key}
            line={line}
            row={lines.length - index}
            money={money}
            count={(quantity) =>
              change(lines.map((other) => (other === line ? { ...line, quantity } : other)))
            }
            remove={() => change(lines.filter((other) => other !== line))}
          />
        ))}
      </ol>
    </>
  );
}

/** What a line comes to; null = the server has to say which product it is, or how many. */
function lineCents({ product, quantity }: Line): number | null {
  const isCount = /^\d{1,5}$/.test(quantity.trim());
  return product && isCount ? product.priceCents * Number(quantity) : null;
}

type RowProps = {
  key: number;
  line: Line;
  row: number;
  money: Intl.NumberFormat;
  count: (quantity: string) => void;
  remove: () => void;
};

function PadRow({ line, row, money, count, remove }: RowProps) {
  const { text, quantity, product } = line;
  const name = product?.name ?? text;
  const cents = lineCents(line);
  return (
    <li>
      <input type="hidden" name={`text-${row}`} value={text} />
      <input type="hidden" name={`product-${row}`} value={product?.id ?? ''} />
      <span class="pad-line-name">
        {name}
        <code>{product ? product.sku : 'Not checked yet'}</code>
      </span>
      <input
        class="input pad-quantity"
        name={`quantity-${row}`}
        aria-label={`Quantity of ${name}`}
        inputmode="numeric"
        value={quantity}
        onInput={(event: Event) => count((event.target as HTMLInputElement).value)}
      />
      <span class="pad-price">
        {cents === null ? '' : money.format(cents / 100)}
        {product && <small>{`${money.format(product.priceCents / 100)} / ${product.unit}`}</small>}
      </span>
      <button
        class="button button-ghost"
        type="button"
        aria-label={`Remove ${name}`}
        onClick={remove}
      >
        Remove
      </button>
    </li>
  );
}
