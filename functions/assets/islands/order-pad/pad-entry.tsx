import { useRef, useState } from 'hono/jsx/dom';
import type { Line } from '../storage/pad-lines.ts';
import { OptionList, OPTIONS, optionId } from './option-list.tsx';
import { ask, type Product, stopAsking } from './suggestions.ts';

type Props = { path: string; money: Intl.NumberFormat; add: (line: Line) => void };

const fill = (input: HTMLInputElement | null, value: string) => {
  if (input) input.value = value;
};

/** Type, choose, Enter, figure, Enter: the field is ready for the next row, and nothing waits for the server. */
export function PadEntry({ path, money, add }: Props) {
  const [options, setOptions] = useState<Product[]>([]);
  /** The text the options answer. */
  const [answered, setAnswered] = useState('');
  /** The option that Enter takes; -1 = none. */
  const [active, setActive] = useState(-1);
  const [chosen, setChosen] = useState<Product | null>(null);
  const text = useRef<HTMLInputElement>(null);
  const quantity = useRef<HTMLInputElement>(null);

  function show(products: Product[], typed: string): void {
    setOptions(products);
    setAnswered(typed);
    // What only the category or the description has, or what only looks so, may not be what is meant.
    setActive(products[0]?.byName ? 0 : -1);
  }

  function look(typed: string): void {
    setChosen(null);
    if (typed !== '') return ask(path, typed, (found) => show(found ?? [], found ? typed : ''));
    stopAsking();
    show([], '');
  }

  function choose(product: Product | null): void {
    stopAsking();
    setChosen(product);
    show([], '');
    if (product) fill(text.current, product.name);
    quantity.current?.focus();
    quantity.current?.select();
  }

  function finish(): void {
    const typed = text.current?.value.trim() ?? '';
    if (typed === '') return text.current?.focus();
    add({
      key: Date.now() + Math.random(),
      text: chosen?.sku ?? typed,
      quantity: quantity.current?.value.trim() || '1',
      product: chosen,
    });
    setChosen(null);
    show([], '');
    fill(text.current, '');
    fill(quantity.current, '1');
    text.current?.focus();
  }

  function typing(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && options.length > 0) {
      event.preventDefault();
      const from = active === -1 && by === -1 ? 0 : active;
      setActive((from + by + options.length) % options.length);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const typed = text.current?.value.trim();
      // What is on show for fewer letters is not what they mean.
      if (typed) choose(chosen ?? (typed === answered ? options[active] : null) ?? null);
    } else if (event.key === 'Escape') {
      show([], '');
    }
  }

  function counting(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    finish();
  }

  return (
    <div class="pad-entry">
      <span class="pad-search">
        <input
          class="input"
          ref={text}
          id="pad-text"
          role="combobox"
          aria-label="Product name or SKU"
          aria-autocomplete="list"
          aria-expanded={options.length > 0 ? 'true' : 'false'}
          aria-controls={OPTIONS}
          aria-activedescendant={options[active] ? optionId(active) : undefined}
          placeholder="Product name or SKU"
          autocomplete="off"
          onInput={(event: Event) => look((event.target as HTMLInputElement).value.trim())}
          onKeyDown={typing}
        />
        <OptionList options={options} active={active} money={money} choose={choose} />
        <span class="pad-none" role="status">
          {answered !== '' && options.length === 0 ? 'No products found' : ''}
        </span>
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
      <button class="button button-secondary" type="button" onClick={finish}>
        Add item
      </button>
    </div>
  );
}
