/**
 * Keeps a form marked `data-keep` on the server while it is being filled in: sends it soon after each change, one save at
 * a time, and shows what the answer has new in its `data-fresh` parts. Without a script each button of the form saves it.
 */
const WAIT_MS = 400;
const RETRY_MS = [1_000, 2_000, 5_000, 15_000];
const TIMEOUT_MS = 20_000;
/** Browsers let a request outlive its page when its body is smaller than 64 KiB. */
const OUTLIVING_MAX = 60_000;

/** Changes so far, and how many of them the server has. */
let typed = 0;
let saved = 0;
let failures = 0;
let flight: Promise<void> | null = null;
/** htmx has sent the form, and its answer will replace it. */
let isSent = false;
let answer: Promise<void> | null = null;
let answered = () => {};
let timer: ReturnType<typeof setTimeout> | undefined;
/** What was typed while htmx swaps the form, by id: the answer knows older values. */
const typedMeanwhile = new Map<string, string>();
let typedBefore = 0;
/** What had the focus when the form was sent, and when its answer came. */
let pressed: Element | null = null;
let focused: Element | null = null;

const keptForm = () => document.querySelector<HTMLFormElement>('form[data-keep]');
const isUndecided = () => keptForm()?.dataset['keep'] === 'undecided';
const isUnsaved = () => typed !== saved;

function say(text: string): void {
  const status = document.getElementById('draft-status');
  if (status && status.textContent !== text) status.textContent = text;
}

function saveIn(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void save(), ms);
}

function save(): Promise<void> {
  clearTimeout(timer);
  const form = keptForm();
  if (!form || isSent || isUndecided()) return Promise.resolve();
  flight ??= send(form).then((outcome) => {
    flight = null;
    if (outcome === 'undecided') {
      // Sent again by htmx, the form is answered with the question.
      isSent = true;
      form.requestSubmit();
    } else if (isUnsaved() && outcome === 'saved') saveIn(WAIT_MS);
  });
  return flight;
}

async function send(form: HTMLFormElement): Promise<'saved' | 'undecided' | 'failed'> {
  const changes = typed;
  say('Saving…');
  try {
    const page = await post(form);
    failures = 0;
    if (page.dataset['keep'] === 'undecided') return 'undecided';
    saved = changes;
    refresh(form, page);
    say('Saved');
    return 'saved';
  } catch (error) {
    failures += 1;
    if (error instanceof SignedOut) say('Not saved: you were signed out');
    else {
      const isOffline = error instanceof TypeError || !navigator.onLine;
      say(isOffline ? 'Not saved: no connection' : 'Not saved: trying again');
      saveIn(RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? 0);
    }
    return 'failed';
  }
}

class SignedOut extends Error {}

async function post(form: HTMLFormElement): Promise<HTMLElement> {
  const body = bodyOf(form);
  const response = await fetch(form.action, {
    method: 'POST',
    headers: { 'HX-Request': 'true' },
    body,
    keepalive: body.toString().length < OUTLIVING_MAX,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status === 401 || response.redirected) throw new SignedOut();
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const answer = page.getElementById(form.id);
  if (!answer) throw new Error(`The form was answered with ${response.status}.`);
  return answer;
}

function bodyOf(form: HTMLFormElement): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form))
    if (typeof value === 'string') body.append(name, value);
  return body;
}

/** Takes the version that was saved, and what the server says about the lines. */
function refresh(form: HTMLFormElement, answer: HTMLElement): void {
  const version = answer.querySelector<HTMLInputElement>('input[name=version]')?.value;
  const field = form.querySelector<HTMLInputElement>('input[name=version]');
  if (field && version !== undefined) field.value = version;
  for (const part of form.querySelectorAll<HTMLElement>('[data-fresh]')) {
    const fresh = answer.querySelector(`#${part.id}`);
    if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
  }
}

document.addEventListener('input', (event) => {
  const field = event.target;
  if (
    !(
      field instanceof HTMLInputElement ||
      field instanceof HTMLTextAreaElement ||
      field instanceof HTMLSelectElement
    )
  )
    return;
  if (!field.form?.matches('[data-keep]')) return;
  if (field.id) typedMeanwhile.set(field.id, field.value);
  // A search is no part of the draft.
  if (field.name.startsWith('find')) return;
  typed += 1;
  if (!isUndecided()) saveIn(WAIT_MS);
});

/** Saves all there is before it does what was asked for; the page stays where saving failed. */
function afterSaving(event: Event, go: () => void): void {
  event.preventDefault();
  event.stopImmediatePropagation();
  void saveAll().then((isKept) => isKept && go());
}

async function saveAll(): Promise<boolean> {
  do await (answer ?? save());
  while (isUnsaved() && failures === 0 && !isUndecided());
  return !isUnsaved();
}

document.addEventListener(
  'submit',
  (event) => {
    const { target: form, submitter } = event;
    if (!(form instanceof HTMLFormElement) || form.method === 'dialog') return;
    if (form.matches('[data-keep]')) sendAfter(event, form, submitter);
    else if (form.action.endsWith('/discard')) {
      clearTimeout(timer);
      saved = typed;
    } else if (isUnsaved() && failures === 0 && !isUndecided()) {
      afterSaving(event, () => form.requestSubmit(submitter));
    }
  },
  true,
);

/** Sends the form once what is on its way is answered, so that nothing older arrives after it. */
function sendAfter(event: Event, form: HTMLFormElement, submitter: HTMLElement | null): void {
  clearTimeout(timer);
  const before = flight ?? answer;
  if (!before) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { name, value } =
    submitter instanceof HTMLButtonElement ? submitter : { name: '', value: '' };
  // An order that is placed twice may show new prices in between.
  if (name === 'placeOrder' && answer) return;
  void before.then(() => {
    if (isUndecided() || isSent) return;
    // The swap may have made another button of the one that was pressed.
    const button = document.createElement('button');
    Object.assign(button, { name, value, hidden: true });
    form.append(button);
    form.requestSubmit(button);
    button.remove();
  });
}

document.addEventListener(
  'click',
  (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link?.href || !isPlain || link.target === '_blank' || link.hasAttribute('download'))
      return;
    if (link.getAttribute('href')?.startsWith('#')) return;
    if (isUndecided()) {
      // The question's own link answers it.
      if (link.closest('form[data-keep]')) saved = typed;
      return;
    }
    if ((isUnsaved() || flight || answer) && failures === 0) {
      afterSaving(event, () => location.assign(link.href));
    }
  },
  true,
);

/** Where nothing could be saved, the browser asks. */
window.addEventListener('beforeunload', (event) => {
  if (!isUnsaved()) return;
  if (failures > 0 || isUndecided()) event.preventDefault();
  else void save();
});
window.addEventListener('pagehide', () => {
  const form = keptForm();
  if (form && isUnsaved() && !isUndecided()) void send(form);
});
document.addEventListener('visibilitychange', () => {
  if (document.hidden && isUnsaved()) void save();
});
window.addEventListener('online', () => {
  if (isUnsaved()) void save();
});

const isKept = (event: Event) =>
  event.target instanceof Element && event.target.matches('[data-keep]');
document.addEventListener('htmx:before:request', (event) => {
  if (!isKept(event)) return;
  clearTimeout(timer);
  isSent = true;
  pressed = document.activeElement;
  answer = new Promise((resolve) => (answered = resolve));
  typedBefore = typed;
  typedMeanwhile.clear();
});
document.addEventListener('htmx:finally:request', (event) => {
  if (!isKept(event)) return;
  isSent = false;
  answer = null;
  answered();
  if (isUnsaved() && failures === 0 && !isUndecided()) saveIn(WAIT_MS);
});
document.addEventListener('htmx:before:swap', (event) => {
  if (isKept(event)) focused = document.activeElement;
});
document.addEventListener('htmx:after:swap', (event) => {
  if (!isKept(event)) return;
  failures = 0;
  for (const [id, value] of typedMeanwhile) {
    const field = document.getElementById(id);
    if (field && 'value' in field) field.value = value;
  }
  if (!isUndecided()) saved = typedBefore;
  const isTypingOn = focused !== pressed && focused?.matches('input, textarea, select');
  if (isTypingOn && focused instanceof HTMLElement && focused.isConnected) return focused.focus();
  const next = keptForm()?.querySelector<HTMLInputElement>('[autofocus]');
  next?.focus();
  if (next?.type === 'text') next.select();
});
const REASONS = {
  'htmx:error': 'Not saved: no connection',
  'form:refused': 'Not saved: the server did not take it',
};
for (const [name, reason] of Object.entries(REASONS)) {
  document.addEventListener(name, (event) => {
    if (!isKept(event)) return;
    say(reason);
    typed += 1;
    failures += 1;
    saveIn(RETRY_MS[0] ?? 0);
  });
}

export {};
