/**
 * Conveniences for pages that already work without a script. Everything is delegated from the
 * document, so content swapped in later behaves alike.
 */
document.documentElement.dataset['script'] = '';

const closest = (event: Event, selector: string): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;

function closeMenus(except?: Node): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]')) {
    if (!except || !menu.contains(except)) menu.open = false;
  }
}

async function copy(button: HTMLElement): Promise<void> {
  const input = document.getElementById(button.dataset['copy'] ?? '');
  if (!(input instanceof HTMLInputElement)) return;
  input.select();
  await navigator.clipboard.writeText(input.value);
  const status = button.querySelector('[role=status]');
  if (!status) return;
  status.textContent = 'Copied';
  button.dataset['copied'] = '';
  setTimeout(() => {
    status.textContent = '';
    delete button.dataset['copied'];
  }, 2000);
}

function reveal(button: HTMLElement): void {
  const input = document.getElementById(button.dataset['reveal'] ?? '');
  if (!(input instanceof HTMLInputElement)) return;
  const shown = input.type === 'password';
  input.type = shown ? 'text' : 'password';
  button.setAttribute('aria-pressed', String(shown));
}

/** `command`/`commandfor` for browsers that do not know them yet. */
function command(button: HTMLElement): void {
  if ('commandForElement' in HTMLButtonElement.prototype) return;
  const dialog = document.getElementById(button.getAttribute('commandfor') ?? '');
  if (!(dialog instanceof HTMLDialogElement)) return;
  if (button.getAttribute('command') === 'show-modal') dialog.showModal();
  else dialog.close();
}

/** Ticks every box of the form, or none where all are ticked already. */
function tickAll(button: HTMLElement): void {
  const form = document.getElementById(button.dataset['tick'] ?? '');
  if (!(form instanceof HTMLFormElement)) return;
  const boxes = [...form.elements].filter(
    (element) => element instanceof HTMLInputElement && element.type === 'checkbox',
  ) as HTMLInputElement[];
  const all = boxes.every(({ checked }) => checked);
  for (const box of boxes) box.checked = !all;
}

document.addEventListener('click', (event) => {
  closeMenus(event.target instanceof Node ? event.target : undefined);
  const copyButton = closest(event, '[data-copy]');
  if (copyButton) void copy(copyButton);
  const revealButton = closest(event, '[data-reveal]');
  if (revealButton) reveal(revealButton);
  const commandButton = closest(event, '[commandfor]');
  if (commandButton) command(commandButton);
  const tickButton = closest(event, '[data-tick]');
  if (tickButton) tickAll(tickButton);
  if (closest(event, 'input[readonly][data-select]')) (event.target as HTMLInputElement).select();
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    const open = document.querySelector<HTMLDetailsElement>('details[data-menu][open]');
    closeMenus();
    open?.querySelector('summary')?.focus();
  }
  const typing = closest(event, 'input, textarea, select, [contenteditable]');
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.querySelector<HTMLInputElement>('input[type=search]');
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  }
});

/**
 * What each search has asked last. Enter asks at once what typing would ask a moment later: the second answer, to the same
 * question, would take away what was done with the first.
 */
const asked = new WeakMap<HTMLFormElement, string>();
document.addEventListener('htmx:config:request', (event) => {
  const form = closest(event, 'form[role=search]');
  if (!(form instanceof HTMLFormElement)) return;
  const { sourceEvent, request } = (event as HtmxConfigEvent).detail.ctx;
  const question = JSON.stringify([...request.body]);
  if (sourceEvent.type === 'input' && asked.get(form) === question) event.preventDefault();
  asked.set(form, question);
});

/** While a search waits for its answer, the old results say that they are about to change. */
for (const [name, isBusy] of [
  ['htmx:before:request', true],
  ['htmx:finally:request', false],
] as const) {
  document.addEventListener(name, (event) => {
    const results = closest(event, 'form[role=search]')?.getAttribute('hx-target');
    if (results) document.querySelector(results)?.setAttribute('aria-busy', String(isBusy));
  });
}
type HtmxConfigEvent = CustomEvent<{ ctx: { sourceEvent: Event; request: { body: FormData } } }>;

/** Refusals that are pages of their own: not allowed, too large, too many. */
const NOT_TAKEN = new Set([403, 413, 429]);

/**
 * A session that has ended: the browser itself posts the form, and shows the log-in that keeps what was typed; or it goes
 * to the log-in that a page was answered with.
 */
document.addEventListener('htmx:before:response', (event) => {
  const { status, raw } = (event as HtmxResponseEvent).detail.ctx.response;
  const form = closest(event, 'form[method=post]');
  if (event.defaultPrevented) return;
  // An error page has none of the parts that are swapped: it would take the form away, with what was typed.
  if (form?.closest('[data-keep], [data-rows]') && (status >= 500 || NOT_TAKEN.has(status))) {
    event.preventDefault();
    form.dispatchEvent(new CustomEvent('form:refused', { bubbles: true }));
    return;
  }
  if (status === 401 && form instanceof HTMLFormElement) {
    event.preventDefault();
    edited.delete(form);
    form.submit();
  } else if (raw.redirected && new URL(raw.url).pathname.endsWith('/login')) {
    event.preventDefault();
    location.assign(raw.url);
  }
});
type HtmxResponseEvent = CustomEvent<{ ctx: { response: { raw: Response; status: number } } }>;

/** Forms marked `data-guard` warn before typed values are lost. */
const edited = new Set<HTMLFormElement>();
document.addEventListener('input', (event) => {
  const form = closest(event, 'form[data-guard]');
  if (form instanceof HTMLFormElement) edited.add(form);
});
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  edited.delete(form);
  // A second click while the first is on its way would send the form twice.
  if (form.method !== 'post' || event.defaultPrevented) return;
  if (form.dataset['sent'] !== undefined) event.preventDefault();
  form.dataset['sent'] = '';
  event.submitter?.setAttribute('aria-busy', 'true');
  // An answer that is a download, or none at all, leaves the page standing.
  setTimeout(release, 10_000);
});

function release(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-sent]')) {
    delete form.dataset['sent'];
    for (const button of form.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy');
  }
}
window.addEventListener('pageshow', release);
window.addEventListener('beforeunload', (event) => {
  if ([...edited].some((form) => form.isConnected)) event.preventDefault();
});
