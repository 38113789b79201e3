import { render, useEffect, useRef, useState } from 'hono/jsx/dom';

/** What the server suggests, as far as it is shown. */
type Product = {
  id: string;
  name: string;
  sku: string | null;
  unit: string;
  priceCents: number;
  onHand: number;
};
/** A row as it will be looked up; null = no suggestion was chosen. */
type Line = { key: number; text: string; quantity: string; product: Product | null };

const PATIENCE = 60;
const known = new Map<string, Product[]>();

async function suggestions(path: string, text: string): Promise<Product[]> {
  const before = known.get(text);
  if (before) return before;
  const response = await fetch(`${path}/suggestions?q=${encodeURIComponent(text)}`);
  if (!response.ok || response.redirected) return [];
  const products = (await response.json()) as Product[];
  known.set(text, products);
  return products;
}

/** Answers may come out of order: only the latest question's is shown. */
let questions = 0;
const nextQuestion = () => ++questions;
const isLatest = (question: number) => question === questions;

const fill = (input: HTMLInputElement | null, value: string) => {
  if (input) input.value = value;
};

/** Rows survive a reload until they have been sent and another page has been seen. */
const STORED = 'order-pad';
const SENT = 'order-pad-sent';
function storedLines(): Line[] {
  sessionStorage.removeItem(SENT);
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? '[]') as Line[];
  } catch {
    return [];
  }
}

type PadProps = { path: string; money: Intl.NumberFormat };

/** Type, choose, Enter, figure, Enter: the field is ready for the next row, and nothing waits for the server. */
function OrderPad({ path, money }: PadProps) {
  const [lines, setLines] = useState<Line[]>(storedLines);
  const [options, setOptions] = useState<Product[]>([]);
  /** The text the options answer. */
  const [answered, setAnswered] = useState('');
  const [active, setActive] = useState(0);
  const [chosen, setChosen] = useState<Product | null>(null);
  const text = useRef<HTMLInputElement>(null);
  const quantity = useRef<HTMLInputElement>(null);

  useEffect(() => sessionStorage.setItem(STORED, JSON.stringify(lines)), [lines]);

  function look(typed: string): void {
    setChosen(null);
    const question = nextQuestion();
    if (typed === '') return setOptions([]);
    const show = (products: Product[]) => {
      if (!isLatest(question)) return;
      setOptions(products);
      setAnswered(typed);
      setActive(0);
    };
    const before = known.get(typed);
    if (before) return show(before);
    setTimeout(() => {
      if (isLatest(question)) void suggestions(path, typed).then(show, () => show([]));
    }, PATIENCE);
  }

  function choose(product: Product | null): void {
    nextQuestion();
    setChosen(product);
    setOptions([]);
    if (product) fill(text.current, product.name);
    quantity.current?.focus();
    quantity.current?.select();
  }

  function add(): void {
    const typed = text.current?.value.trim() ?? '';
    if (typed === '') return text.current?.focus();
    const line = {
      key: Date.now() + Math.random(),
      text: chosen?.sku ?? typed,
      quantity: quantity.current?.value.trim() || '1',
      product: chosen,
    };
    setLines((before) => [line, ...before]);
    setChosen(null);
    setOptions([]);
    fill(text.current, '');
    fill(quantity.current, '1');
    text.current?.focus();
  }

  function typing(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && options.length > 0) {
      event.preventDefault();
      setActive((active + by + options.length) % options.length);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const typed = text.current?.value.trim();
      // What is on show for fewer letters is not what they mean.
      if (typed) choose(chosen ?? (typed === answered ? options[active] : null) ?? null);
    } else if (event.key === 'Escape') {
      setOptions([]);
    }
  }

  function counting(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    add();
  }

  return (
    <>
      <div class="pad-entry">
        <span class="pad-search">
          <input
            class="input"
            ref={text}
            id="pad-text"
            role="combobox"
            aria-label="SKU or words"
            aria-autocomplete="list"
            aria-expanded={options.length > 0 ? 'true' : 'false'}
            aria-controls="pad-options"
            aria-activedescendant={options.length > 0 ? `pad-option-${active}` : undefined}
            placeholder="SKU or words"
            autocomplete="off"
            onInput={(event: Event) => look((event.target as HTMLInputElement).value.trim())}
            onKeyDown={typing}
          />
          <ul
            class="pad-options"
            id="pad-options"
            role="listbox"
            aria-label="Products"
            hidden={options.length === 0}
          >
            {options.map((product, index) => (
              <li
                id={`pad-option-${index}`}
                key={product.id}
                role="option"
                aria-selected={index === active ? 'true' : 'false'}
                onMouseDown={(event: Event) => {
                  event.preventDefault();
                  choose(product);
                }}
              >
                <span>
                  {product.name}
                  <code>{product.sku}</code>
                </span>
                <span class="pad-price">
                  {money.format(product.priceCents / 100)}
                  <small>{product.onHand === 0 ? 'Out of stock' : product.unit}</small>
                </span>
              </li>
            ))}
          </ul>
        </span>
        <input
          class="input pad-quantity"
          ref={quantity}
          id="pad-quantity"
          aria-label="Quantity"
          inputmode="numeric"
          value="1"
          autocomplete="off"
          onKeyDown={counting}
        />
        <button class="button button-secondary" type="button" onClick={add}>
          Add row
        </button>
      </div>
      {lines.length > 0 && (
        <>
          <ol class="pad-lines">
            {lines.map((line, index) => (
              <li key={line.key}>
                <input type="hidden" name={`text-${lines.length - index}`} value={line.text} />
                <input
                  type="hidden"
                  name={`product-${lines.length - index}`}
                  value={line.product?.id ?? ''}
                />
                <span class="pad-line-name">
                  {line.product?.name ?? line.text}
                  <code>{line.product ? line.product.sku : 'Will be looked up'}</code>
                </span>
                <input
                  class="input pad-quantity"
                  name={`quantity-${lines.length - index}`}
                  aria-label={`Quantity of ${line.product?.name ?? line.text}`}
                  inputmode="numeric"
                  value={line.quantity}
                  onInput={(event: Event) => {
                    const { value } = event.target as HTMLInputElement;
                    setLines(
                      lines.map((other) => (other === line ? { ...line, quantity: value } : other)),
                    );
                  }}
                />
                <button
                  class="button button-ghost"
                  type="button"
                  aria-label={`Remove ${line.product?.name ?? line.text}`}
                  onClick={() => setLines(lines.filter((other) => other !== line))}
                >
                  Remove
                </button>
              </li>
            ))}
          </ol>
          <div class="form-actions">
            <button class="button button-primary" type="submit">
              {lines.length === 1
                ? 'Add 1 row to the cart'
                : `Add ${lines.length} rows to the cart`}
            </button>
            <span class="field-hint">Ctrl + Enter</span>
          </div>
        </>
      )}
      <span class="sr-only" role="status">
        {lines.length === 0 ? '' : `${lines.length} ${lines.length === 1 ? 'row' : 'rows'}`}
      </span>
    </>
  );
}

const form = document.getElementById('order-pad');
if (form instanceof HTMLFormElement) {
  const { path = '', currency = 'USD' } = form.dataset;
  form.action = `${path}/add`;
  form.addEventListener('submit', () => sessionStorage.setItem(SENT, ''));
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  render(
    <OrderPad
      path={path}
      money={new Intl.NumberFormat('en-US', { style: 'currency', currency })}
    />,
    form,
  );
  document.getElementById('pad-text')?.focus();
}
