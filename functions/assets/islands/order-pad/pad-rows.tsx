import type { Line } from '../storage/pad-lines.ts';

type Props = { lines: readonly Line[]; change: (lines: Line[]) => void };

/** The rows so far, the latest first, and the button that sends them; numbered as they were typed. */
export function PadRows({ lines, change }: Props) {
  return (
    <>
      <ol class="pad-lines">
        {lines.map((line, index) => (
          <PadRow
            key={line.key}
            line={line}
            row={lines.length - index}
            count={(quantity) =>
              change(lines.map((other) => (other === line ? { ...line, quantity } : other)))
            }
            remove={() => change(lines.filter((other) => other !== line))}
          />
        ))}
      </ol>
      <div class="form-actions">
        <button class="button button-primary" type="submit">
          {lines.length === 1 ? 'Add 1 row to the cart' : `Add ${lines.length} rows to the cart`}
        </button>
        <span class="field-hint">Ctrl + Enter</span>
      </div>
    </>
  );
}

type RowProps = {
  key: number;
  line: Line;
  row: number;
  count: (quantity: string) => void;
  remove: () => void;
};

function PadRow({ line: { text, quantity, product }, row, count, remove }: RowProps) {
  const name = product?.name ?? text;
  return (
    <li>
      <input type="hidden" name={`text-${row}`} value={text} />
      <input type="hidden" name={`product-${row}`} value={product?.id ?? ''} />
      <span class="pad-line-name">
        {name}
        <code>{product ? product.sku : 'Will be looked up'}</code>
      </span>
      <input
        class="input pad-quantity"
        name={`quantity-${row}`}
        aria-label={`Quantity of ${name}`}
        inputmode="numeric"
        value={quantity}
        onInput={(event: Event) => count((event.target as HTMLInputElement).value)}
      />
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
