import { render, useEffect, useState } from 'hono/jsx/dom';
import { PadEntry } from './order-pad/pad-entry.tsx';
import { PadRows } from './order-pad/pad-rows.tsx';
import { markSent } from './storage/arrival.ts';
import { type Line, storedLines, storeLines } from './storage/pad-lines.ts';
import { keepList } from './storage/pasted-list.ts';

type Props = {
  path: string;
  /** What was in the cart when the page was made, to be sent along. */
  seen: string;
  money: Intl.NumberFormat;
};

/** Any number of rows, typed one after the other, which survive a reload until they have arrived. */
function OrderPad({ path, seen, money }: Props) {
  const [lines, setLines] = useState<Line[]>(storedLines);
  useEffect(() => storeLines(lines), [lines]);
  return (
    <>
      <input type="hidden" name="seen" value={seen} />
      <PadEntry path={path} money={money} add={(line) => setLines((before) => [line, ...before])} />
      {lines.length > 0 && <PadRows lines={lines} money={money} change={setLines} />}
      <span class="sr-only" role="status">
        {lines.length === 0 ? '' : `${lines.length} ${lines.length === 1 ? 'item' : 'items'}`}
      </span>
    </>
  );
}

function valueOf(id: string): string {
  const field = document.getElementById(id);
  return field instanceof HTMLInputElement ? field.value.trim() : '';
}

const form = document.getElementById('order-pad');
if (form instanceof HTMLFormElement) {
  const { path = '', currency = 'USD', seen = '' } = form.dataset;
  form.action = `${path}/add`;
  form.addEventListener('submit', () => markSent('order-pad'));
  // A product that stands in the entry and was not added yet is part of the order, too: the last line.
  form.addEventListener('formdata', ({ formData }) => {
    const [text, quantity] = ['pad-text', 'pad-quantity'].map(valueOf);
    if (!text) return;
    const lines = [...formData.keys()].filter((name) => name.startsWith('text-'));
    const row = lines.length + 1;
    formData.append(`text-${row}`, text);
    formData.append(`quantity-${row}`, quantity || '1');
    formData.append(`product-${row}`, '');
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  const money = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  render(<OrderPad path={path} seen={seen} money={money} />, form);
  document.getElementById('pad-text')?.focus();
}

const pasted = document.getElementById('pasted');
if (pasted instanceof HTMLFormElement) keepList(pasted);
