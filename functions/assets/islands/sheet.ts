/**
 * Lets the keyboard go through rows that are edited in place (`LiveRows`): Enter saves and opens the same field of the next
 * row, Escape closes, and the focus stays in the row. The answers replace rows, so the focus is set after each.
 */
interface RowRequest {
  sourceElement: Element;
  sourceEvent: Event;
  target: Element;
}

/** What a request was sent for. */
interface Asked {
  row: string;
  field: string;
  /** A field was opened, or saved by Enter; otherwise the focus stays on the value. */
  how: 'open' | 'enter' | 'other';
  isTicked: boolean;
}

const asked = new WeakMap<RowRequest, Asked>();
let isEnter = false;
/** What is typed while the next row's field opens; null = nothing opens. */
let ahead: { text: string; isDone: boolean } | null = null;

const requestOf = (event: Event) => (event as CustomEvent<{ ctx: RowRequest }>).detail.ctx;
const boxOf = (row: Element) => row.querySelector<HTMLInputElement>('input[type=checkbox]');
const cellOf = (row: Element | null | undefined, field: string) =>
  row?.querySelector(`.in-place[data-field="${field}"]`) ?? null;
const inputIn = (cell: Element | null) =>
  cell?.querySelector<HTMLInputElement>('input:not([type=hidden])') ?? null;
const controlIn = (cell: Element | null) =>
  inputIn(cell) ?? cell?.querySelector<HTMLElement>('a, button') ?? null;

document.addEventListener('keydown', (event) => {
  if (ahead) {
    typeAhead(event, ahead);
    return;
  }
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || !field.closest('.in-place')) return;
  isEnter = event.key === 'Enter';
  if (event.key !== 'Escape') return;
  event.preventDefault();
  const cancel = field.form?.querySelector<HTMLElement>('a');
  if (cancel) cancel.click();
  else {
    field.value = field.defaultValue;
    field.select();
  }
});

function typeAhead(event: KeyboardEvent, typed: { text: string; isDone: boolean }): void {
  const { key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === 'Tab' || key === 'Escape') {
    ahead = null;
    return;
  }
  if (key.length === 1) typed.text += key;
  else if (key === 'Backspace') typed.text = typed.text.slice(0, -1);
  else if (key === 'Enter') typed.isDone = typed.text !== '';
  else return;
  event.preventDefault();
}

document.addEventListener('pointerdown', () => {
  ahead = null;
});

document.addEventListener('htmx:before:request', (event) => {
  const request = requestOf(event);
  const { sourceElement: source, target: row } = request;
  const field = source.closest<HTMLElement>('[data-rows] [data-field]')?.dataset['field'];
  if (field === undefined || !(row instanceof HTMLTableRowElement)) return;
  const isOpening = source instanceof HTMLAnchorElement && !source.closest('form');
  const how = isOpening ? 'open' : isEnter ? 'enter' : 'other';
  if (how === 'enter') ahead = { text: '', isDone: false };
  isEnter = false;
  asked.set(request, { row: row.id, field, how, isTicked: boxOf(row)?.checked ?? false });
});

document.addEventListener('htmx:after:swap', (event) => {
  const about = asked.get(requestOf(event));
  if (!about) return;
  const row = document.getElementById(about.row);
  const cell = cellOf(row, about.field);
  if (!row || !cell) {
    ahead = null;
    return;
  }
  const box = boxOf(row);
  if (box) box.checked = about.isTicked;
  const input = inputIn(cell);
  const isRefused = input?.getAttribute('aria-invalid') === 'true';
  // A tap elsewhere has ended the way through the rows.
  if (about.how === 'enter' && !isRefused && !ahead) return;
  if (about.how === 'enter' && !isRefused) openNext(row, about.field);
  else if (about.how === 'open' && input) open(input);
  else {
    ahead = null;
    controlIn(cell)?.focus();
  }
});

/** On the last row the focus stays on the value that was saved. */
function openNext(row: Element, field: string): void {
  const next = controlIn(cellOf(row.nextElementSibling, field));
  if (!next) {
    ahead = null;
    controlIn(cellOf(row, field))?.focus();
    return;
  }
  next.focus();
  if (next instanceof HTMLInputElement) open(next);
  else next.click();
}

function open(input: HTMLInputElement): void {
  const typed = ahead;
  ahead = null;
  input.focus();
  input.select();
  if (!typed?.text) return;
  input.value = typed.text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  if (!typed.isDone) return;
  isEnter = true;
  input.form?.requestSubmit();
}

document.addEventListener('htmx:error', (event) => {
  if (asked.has(requestOf(event))) failed('Not saved: no connection.');
});
document.addEventListener('form:refused', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-rows]'))
    failed('Not saved: the server did not take it. Try again in a moment.');
});

function failed(text: string): void {
  ahead = null;
  const status = document.getElementById('row-status');
  if (status) status.textContent = text;
}

export {};
